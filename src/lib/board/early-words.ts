import { typingField } from './typing-field.ts';

/** A place in a text as it is shown. */
export interface Spot {
  readonly line: number;
  readonly offset: number;
}

/** Takes what is typed between the wish to edit an item and its editor, which may have to be fetched first. */
export class EarlyWords {
  #field: HTMLTextAreaElement | null = null;
  #spot: Spot | null = null;

  get isEmpty(): boolean {
    return !this.#field?.value;
  }

  /** `onleave`: nothing was typed. `field`: there already, maybe with words. */
  begin(name: string, spot: Spot | null, onleave: (by: 'key' | 'focus') => void, field = typingField(name)): void {
    this.take();
    field.onkeydown = ({ key }) => {
      if (key === 'Escape' && this.isEmpty) onleave('key');
    };
    field.onblur = ({ relatedTarget }) => {
      const isEditor = relatedTarget instanceof HTMLElement && relatedTarget.isContentEditable;
      if (field === this.#field && this.isEmpty && !isEditor && document.hasFocus()) onleave('focus');
    };
    this.#field = field;
    this.#spot = spot;
    this.focus();
  }

  focus(): void {
    this.#field?.focus({ preventScroll: true });
  }

  /** Ends it. */
  take(): { readonly words: string; readonly spot: Spot | null } {
    const field = this.#field;
    this.#field = null;
    field?.remove();
    return { words: field?.value ?? '', spot: this.#spot };
  }
}

/** Where a click has put the caret. */
export function spotOfClick(): Spot | null {
  const { anchorNode, anchorOffset } = getSelection() ?? {};
  return anchorNode ? spotAt(anchorNode, anchorOffset ?? 0) : null;
}

/** Null: it is in no text. */
export function spotAt(node: Node, offset: number): Spot | null {
  const line = (node instanceof Element ? node : node?.parentElement)?.closest('p, li');
  const text = line?.closest('.text');
  if (!line || !text) return null;
  const before = new Range();
  before.setStart(line, 0);
  before.setEnd(node, offset);
  return { line: [...text.querySelectorAll('p, li')].indexOf(line), offset: before.toString().length };
}
