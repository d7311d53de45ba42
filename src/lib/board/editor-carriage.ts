import type { ItemId } from '#domain/ids.ts';

/** Newer than the types of browsers: moves an element without taking the focus from what is in it. */
type Movable = Element & { moveBefore?(node: Node, child: Node | null): void };

interface Lifted {
  readonly focused: HTMLElement | null;
  /** Where it stood on the screen. */
  readonly top: number;
}

/**
 * Carries the one open editor from place to place on the board. The page makes the element of an item anew when it comes into
 * another list; the editor is lifted out before that and set down where the item is then, in one task, so that no key falls between.
 */
export class EditorCarriage {
  readonly #slots = new Map<ItemId, HTMLElement>();
  #item: ItemId | null = null;
  #host: HTMLElement | null = null;
  #home: HTMLElement | null = null;
  #focus: () => void = () => {};
  #lifted: Lifted | null = null;

  /** Something in it seems to lose the focus, and does not. */
  get isCarrying(): boolean {
    return this.#lifted !== null;
  }

  /** From where it stands now, its home between two places. `focus`: back into the text, with the caret where it was. Returns how to end. */
  take(item: ItemId, host: HTMLElement, focus: () => void): () => void {
    this.#item = item;
    this.#host = host;
    this.#home = host.parentElement;
    this.#focus = focus;
    this.#setDown();
    return () => {
      if (this.#host !== host) return;
      this.#host = null;
      this.#lifted = null;
      host.remove();
    };
  }

  /** A place for the editor of an item, as an attachment. */
  slot(item: ItemId, node: HTMLElement): () => void {
    this.#slots.set(item, node);
    if (item === this.#item) this.#setDown();
    return () => {
      if (this.#slots.get(item) === node) this.#slots.delete(item);
    };
  }

  /** Before the page changes around it. */
  lift(): void {
    const [host, home] = [this.#host, this.#home];
    if (!host || !home || this.#lifted || host.parentElement === home) return;
    this.#lifted = {
      focused: focusedIn(host),
      top: host.getBoundingClientRect().top,
    };
    moveInto(home, host);
  }

  /** After the page has changed; also when nothing had to. */
  settle(): void {
    if (this.#lifted) this.#setDown();
  }

  /** There is no place for it yet: it stays in its home, and goes on there. */
  giveUp(): void {
    const [host, lifted] = [this.#host, this.#lifted];
    if (host && lifted) this.#refocus(host, lifted.focused);
    this.#lifted = null;
  }

  #setDown(): void {
    const slot = this.#item === null ? undefined : this.#slots.get(this.#item);
    const host = this.#host;
    if (!host || !slot?.isConnected) return;
    const lifted = this.#lifted;
    // what is moved keeps the focus at best, and not the caret
    const focused = lifted ? lifted.focused : focusedIn(host);
    if (host.parentElement !== slot) moveInto(slot, host);
    this.#refocus(host, focused);
    if (lifted) {
      const by = host.getBoundingClientRect().top - lifted.top;
      if (lifted.focused && by !== 0) scrollBy({ top: by, behavior: 'instant' });
    }
    this.#lifted = null;
  }

  #refocus(host: HTMLElement, focused: HTMLElement | null): void {
    if (!focused) return;
    if (focused.isContentEditable) this.#focus();
    else if (!host.contains(document.activeElement)) focused.focus({ preventScroll: true });
  }
}

function focusedIn(host: HTMLElement): HTMLElement | null {
  const active = document.activeElement;
  return active instanceof HTMLElement && host.contains(active) ? active : null;
}

function moveInto(place: Movable, node: HTMLElement): void {
  if (place.moveBefore && node.isConnected && place.isConnected) place.moveBefore(node, null);
  else place.append(node);
}
