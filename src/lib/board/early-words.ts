/** A place in a text as it is shown. */
export interface Spot {
  readonly line: number;
  readonly offset: number;
}

const IN_SIGHT = 'position:fixed;inset:50% auto auto 0;inline-size:1px;padding:0;border:0;opacity:0;font-size:16px';

/** Takes what is typed between the wish to edit an item and its editor, which may have to be fetched first. */
export class EarlyWords {
  #field: HTMLTextAreaElement | null = null;
  #spot: Spot | null = null;

  get isEmpty(): boolean {
    return !this.#field?.value;
  }

  /**
   * At once: a phone shows its keyboard only for what gets the focus within the tap. `name`: the element that says what is edited.
   * `onleave`: nothing was typed.
   */
  begin(name: string, spot: Spot | null, onleave: (by: 'key' | 'focus') => void): void {
    this.take();
    const field = document.createElement('textarea');
    field.style.cssText = IN_SIGHT;
    field.setAttribute('aria-labelledby', name);
    field.onkeydown = ({ key }) => {
      if (key === 'Escape' && this.isEmpty) onleave('key');
    };
    field.onblur = ({ relatedTarget }) => {
      const isEditor = relatedTarget instanceof HTMLElement && relatedTarget.isContentEditable;
      if (field === this.#field && this.isEmpty && !isEditor && document.hasFocus()) onleave('focus');
    };
    document.querySelector('main')?.append(field);
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
  const { anchorNode: node, anchorOffset } = getSelection() ?? {};
  const line = (node instanceof Element ? node : node?.parentElement)?.closest('p, li');
  const text = line?.closest('.text');
  if (!node || !line || !text) return null;
  const before = new Range();
  before.setStart(line, 0);
  before.setEnd(node, anchorOffset ?? 0);
  return { line: [...text.querySelectorAll('p, li')].indexOf(line), offset: before.toString().length };
}
