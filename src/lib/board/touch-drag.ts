import type { ItemId } from '#domain/ids.ts';
import type { BoardDesk } from './board-desk.svelte.ts';
import type { Half } from './drag.ts';
import type { Target } from './places.ts';

const HOLD = 350; // ms; a phone's own long press, which marks words, takes 500
const SLACK = 8; // px that a finger at rest may tremble
const EDGE = 64; // px from what covers the page, where it scrolls
const FASTEST = 12; // px a frame
const TAP = 10; // ms that the phone shakes
/** What a finger presses there is meant for it. */
const OWN = 'a, button, summary, input, select, textarea, [contenteditable]';

/** What a finger finds, by the element of an item or of a place. */
export interface Found {
  readonly items: WeakMap<Element, ItemId>;
  readonly targets: WeakMap<Element, (half: Half) => Target>;
}

type Desk = Pick<BoardDesk, 'moves' | 'merging' | 'guide'>;

/**
 * Items are carried by a finger that rests on one first: whoever moves it at once scrolls the page. Browsers drag by touch in ways of
 * their own, or not at all. Returns how to stop.
 */
export function followFingers(outline: HTMLElement, desk: Desk, found: Found): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  let carried: Carried | null = null;
  outline.addEventListener('touchstart', begin, { signal, passive: true });
  // Safari lets a page keep a finger from scrolling only where somebody listened before it came
  outline.addEventListener('touchmove', () => {}, { signal, passive: false });
  outline.addEventListener('contextmenu', (event) => carried?.isHeld && event.preventDefault(), { signal });
  return () => {
    carried?.cancel();
    stop.abort();
  };

  function begin({ touches, target }: TouchEvent): void {
    carried?.cancel(); // two fingers enlarge the page
    carried = null;
    const [touch] = touches;
    if (touches.length > 1 || !touch || !(target instanceof Element) || target.closest(OWN)) return;
    const line = lineAt(target);
    const item = line && found.items.get(line);
    if (item && !desk.merging.item) carried = new Carried({ outline, line, item, touch, target, desk, found });
  }

  /** Texts have lists of their own. */
  function lineAt(target: Element): HTMLElement | null {
    const line = target.closest('li');
    return line && !found.items.has(line) && line.parentElement ? lineAt(line.parentElement) : line;
  }
}

interface Taken {
  readonly outline: HTMLElement;
  readonly line: HTMLElement;
  readonly item: ItemId;
  readonly touch: Touch;
  readonly target: Element;
  readonly desk: Desk;
  readonly found: Found;
}

/** One item under one finger, until that lets go. */
class Carried {
  readonly #taken: Taken;
  readonly #stop = new AbortController();
  readonly #timer: ReturnType<typeof setTimeout>;
  readonly #isByHandle: boolean;
  /** Where the item begins, from the finger. */
  readonly #from: number;
  #y: number;
  #picture: HTMLElement | null = null;
  #target: Target | null = null;

  constructor(taken: Taken) {
    this.#taken = taken;
    const { target, touch, line } = taken;
    this.#y = touch.clientY;
    this.#from = line.getBoundingClientRect().top - touch.clientY;
    this.#isByHandle = target.closest('.handle') !== null;
    this.#timer = setTimeout(() => this.#take(), HOLD);
    const { signal } = this.#stop;
    // on the element itself: it hears of its finger even when somebody else moves it away
    const on = (type: 'touchmove' | 'touchend' | 'touchcancel', heard: (event: TouchEvent) => void) =>
      target.addEventListener(type, heard as (event: Event) => void, { signal, passive: false });
    on('touchmove', this.#moved);
    on('touchend', this.#letGo);
    on('touchcancel', () => this.cancel());
  }

  /** The finger is there. */
  get isHeld(): boolean {
    return !this.#stop.signal.aborted;
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#stop.abort();
    if (!this.#picture) return;
    this.#picture.remove();
    this.#picture = null;
    this.#taken.line.classList.remove('dragged');
    this.#taken.desk.moves.aim(null);
  }

  readonly #moved = (event: TouchEvent): void => {
    const { touch } = this.#taken;
    const now = [...event.touches].find(({ identifier }) => identifier === touch.identifier);
    if (!now) return;
    if (!this.#picture) {
      if (Math.hypot(now.clientX - touch.clientX, now.clientY - touch.clientY) <= SLACK) return;
      if (!this.#isByHandle) return this.cancel();
      this.#take();
    }
    if (event.cancelable) event.preventDefault();
    this.#y = now.clientY;
    this.#place();
    this.#aim();
  };

  readonly #letGo = (event: TouchEvent): void => {
    const { desk, found, item, line } = this.#taken;
    const target = this.#target;
    const wasTaken = this.#picture !== null;
    const isThere = (['upper', 'lower'] as const).some((half) => isSame(found.targets.get(line)?.(half), target));
    this.cancel();
    if (!wasTaken) return;
    event.preventDefault(); // no tap besides
    if (target && !isThere) desk.moves.to(item, target);
    else desk.guide.choose(item);
  };

  #take(): void {
    const { outline, line } = this.#taken;
    clearTimeout(this.#timer);
    getSelection()?.removeAllRanges();
    navigator.vibrate?.(TAP);
    this.#picture = pictureOf(line);
    line.classList.add('dragged');
    outline.append(this.#picture);
    this.#place();
    requestAnimationFrame(this.#scroll);
  }

  #place(): void {
    const { left } = this.#taken.line.getBoundingClientRect();
    if (this.#picture && this.#taken.line.isConnected)
      this.#picture.style.translate = `${left}px ${this.#y + this.#from}px`;
    else if (this.#picture) this.cancel(); // somebody else has moved it, or it is gone
  }

  /** Where nothing lands, above a heading say, it stays as it was. */
  #aim(): void {
    const { outline, desk, found } = this.#taken;
    const { left, width } = outline.getBoundingClientRect();
    let place = document.elementFromPoint(left + width / 2, this.#y);
    for (; place && outline.contains(place); place = place.parentElement) {
      const { top, height } = place.getBoundingClientRect();
      const target = found.targets.get(place)?.(this.#y < top + height / 2 ? 'upper' : 'lower');
      if (!target) continue;
      this.#target = target;
      return desk.moves.aim(target);
    }
  }

  readonly #scroll = (): void => {
    if (!this.#picture) return;
    requestAnimationFrame(this.#scroll);
    const { scrollPaddingTop, scrollPaddingBottom } = getComputedStyle(document.documentElement);
    const above = (parseFloat(scrollPaddingTop) || 0) + EDGE - this.#y;
    const below = this.#y - (innerHeight - (parseFloat(scrollPaddingBottom) || 0) - EDGE);
    const speed = Math.min(1, Math.max(above, below, 0) / EDGE) * FASTEST * (above > below ? -1 : 1);
    if (speed === 0) return;
    scrollBy({ top: speed, behavior: 'instant' });
    this.#aim();
  };
}

const isSame = (one: Target | undefined, other: Target | null): boolean =>
  one?.theme === other?.theme && one?.before === other?.before;

/** Of an item, to be carried: nothing in it can be found or pressed. */
function pictureOf(line: HTMLElement): HTMLElement {
  const picture = line.cloneNode(true) as HTMLElement;
  for (const named of picture.querySelectorAll('[id]')) named.removeAttribute('id');
  picture.inert = true;
  picture.ariaHidden = 'true';
  picture.classList.add('carried');
  picture.style.inlineSize = `${line.getBoundingClientRect().width}px`;
  return picture;
}
