import { createContext } from 'svelte';
import type { ItemId } from '#domain/ids.ts';
import type { BoardDesk } from './board-desk.svelte.ts';
import type * as Drag from './drag.ts';
import type { Target } from './places.ts';

/** Moving by pointer. Nothing of it is loaded until a mouse comes near; keys and the "Move" list need nothing of it. */
export class Dragging {
  readonly #desk: BoardDesk;
  #drag = $state.raw<typeof Drag | null>(null);
  #isAsked = false;

  constructor(desk: BoardDesk) {
    this.#desk = desk;
  }

  load(): void {
    if (this.#isAsked) return;
    this.#isAsked = true;
    import('./drag.ts').then(
      (drag) => (this.#drag = drag),
      () => (this.#isAsked = false),
    );
  }

  /** Attachments: each gives its clean-up, or nothing while the library is not there. */
  item(node: HTMLElement, handle: HTMLElement, item: ItemId) {
    return this.#drag?.dragItem(node, handle, item);
  }

  landing(node: HTMLElement, targetAt: (half: Drag.Half) => Target) {
    return this.#drag?.dropPlace(node, targetAt);
  }

  follow() {
    return this.#drag?.followDrags({
      aim: (target) => this.#desk.moves.aim(target),
      drop: (item, target) => this.#desk.moves.to(item, target),
    });
  }
}

export const [useDragging, provideDragging] = createContext<Dragging>();
