import type { parts } from './standing.ts';
import { typingField } from './typing-field.ts';

export type Parts = typeof parts;

/** What the browser itself answers has been answered. */
const OWN = 'a[href], summary, input, textarea';
export const ITEM = '[role=group][id]';
/** Keys there are the board's. */
const KEYED = `body, main, h1, ${ITEM}`;

/** One thing that somebody did to a board before its code came. */
export interface Early {
  readonly event: Event;
  readonly pointer: string;
  /** The item's element, by its id. */
  readonly item: string | null;
  /** Where the click put the caret. */
  readonly range: Range | null;
}

/** What it needs of the board that is shown. */
interface Around {
  readonly mayWrite: () => boolean;
  /** Somebody waits for the code. */
  readonly ask: () => void;
  /** Into the field for the next idea. */
  readonly keep: (words: string) => void;
}

/**
 * The parts of a board as the server wrote them, until they wake together, and what is done to them meanwhile. It outlives the board when
 * its document is replaced.
 */
export class EarlyTouch {
  readonly parts = new Map<HTMLElement, (all: Parts) => void>();
  all: Early[] = [];
  /** The last wish to edit, and the field for what is typed from then on. */
  edit: Early | null = null;
  field: HTMLTextAreaElement | null = null;
  around: Around;
  isRepeated = false;
  readonly #left: { readonly name: string; readonly nodes: readonly Node[] }[] = [];
  readonly #stop = new AbortController();
  #pointer = 'mouse';
  #tapped: Element | null = null;

  constructor(around: Around) {
    this.around = around;
  }

  /** Parts without anything to read: the server did not write this page. */
  get isBare(): boolean {
    return [...this.parts.keys()].some((place) => !place.firstChild);
  }
  get isOver(): boolean {
    return this.#stop.signal.aborted;
  }

  hear(name: string, place: HTMLElement, show: (all: Parts) => void): void {
    const at = place.firstChild ? -1 : this.#left.findIndex((one) => one.name === name);
    if (at >= 0) place.append(...this.#left.splice(at, 1)[0]!.nodes);
    this.parts.set(place, show);
    const { signal } = this.#stop;
    const on = (type: string, heard: (event: Event & { target: Element }) => void) =>
      place.addEventListener(type, heard as (event: Event) => void, { signal });
    on('focusin', () => this.around.ask());
    on('pointerdown', (event) => (this.#pointer = (event as unknown as PointerEvent).pointerType));
    on('click', (event) => this.#click(event));
    on('change', (event) => this.#keep(event));
  }

  /** What is there to read goes to the next board. */
  leave(name: string, place: HTMLElement): void {
    if (this.parts.delete(place)) this.#left.push({ name, nodes: [...place.childNodes] });
  }

  readonly key = (event: KeyboardEvent): void => {
    const target = event.target as Element;
    if (!target.matches(KEYED)) return;
    const item = event.key === 'Enter' ? target.closest(ITEM) : null;
    if (item) event.preventDefault(); // it would go into the field
    this.#keep(event, item, item);
  };

  /** From now on the board answers itself. */
  end(): void {
    this.#stop.abort();
  }

  /** Its item is gone, nothing can be written there, or the page goes: the words wait in the field for the next idea. */
  giveBack(): void {
    const { field } = this;
    if (!field) return;
    const hadFocus = document.activeElement === field;
    this.field = null;
    field.remove();
    if (field.value !== '') this.around.keep(field.value);
    if (hadFocus) document.querySelector<HTMLElement>('main .below textarea')?.focus();
  }

  #click(event: Event & { target: Element }): void {
    const { target } = event;
    const pointer = this.#pointer;
    this.#pointer = 'mouse'; // what a screen reader clicks nobody has pressed before
    const item = target.closest(ITEM);
    if (target.closest(OWN) || !item) return;
    const selection = getSelection();
    // two quick clicks are one wish, though the second marks a word
    if (selection?.isCollapsed === false && (event as unknown as MouseEvent).detail < 2) return;
    const isChoosing = pointer !== 'mouse' && this.#tapped !== item;
    this.#tapped = item;
    const range = !isChoosing && selection?.rangeCount ? selection.getRangeAt(0).cloneRange() : null;
    this.#keep(event, item, isChoosing || target.closest('button, details') ? null : item, pointer, range);
  }

  /** `edited`: it is to be. */
  #keep(
    event: Event,
    item?: Element | null,
    edited?: Element | null,
    pointer = 'mouse',
    range: Range | null = null,
  ): void {
    this.around.ask();
    const early = { event, pointer, item: item?.id ?? null, range };
    if (edited && this.around.mayWrite()) {
      // words that wait come first
      if (this.field?.value) return this.field.focus({ preventScroll: true });
      this.all = this.all.filter((one) => one !== this.edit);
      this.edit = early;
      const field = (this.field ??= typingField(edited.id));
      field.setAttribute('aria-labelledby', edited.id);
      field.focus({ preventScroll: true });
      field.onkeydown = ({ key }) => {
        if (key === 'Escape' && !field.value) (edited as HTMLElement).focus();
      };
    }
    this.all.push(early);
  }
}
