import { createContext } from 'svelte';
import type { ItemId } from '#domain/ids.ts';
import type { BoardDesk } from './board-desk.svelte.ts';
import type * as Drag from './drag.ts';
import { later } from './later.ts';
import type { Target } from './places.ts';
import type * as TouchDrag from './touch-drag.ts';

/** Moving by pointer. Nothing of it is loaded until one comes near; keys and the "Move" list need nothing of it. */
export class Dragging {
  readonly #desk: BoardDesk;
  /** What a finger finds. */
  readonly #found: TouchDrag.Found = { items: new WeakMap(), targets: new WeakMap() };
  #drag = $state.raw<typeof Drag | null>(null);
  #touch = $state.raw<typeof TouchDrag | null>(null);
  #isAsked = false;

  constructor(desk: BoardDesk) {
    this.#desk = desk;
  }

  /** `pointer`: of which kind. */
  load(pointer: string): void {
    if (pointer !== 'mouse')
      return void later.touchDrag().then(
        (touch) => (this.#touch = touch),
        () => {},
      );
    if (this.#isAsked) return;
    this.#isAsked = true;
    import('./drag.ts').then(
      (drag) => (this.#drag = drag),
      () => (this.#isAsked = false),
    );
  }

  /** Attachments: each gives its clean-up, or nothing while the code is not there. */
  item(node: HTMLElement, handle: HTMLElement, item: ItemId) {
    this.#found.items.set(node, item);
    const stop = this.#drag?.dragItem(node, handle, item);
    return () => {
      this.#found.items.delete(node);
      stop?.();
    };
  }

  landing(node: HTMLElement, targetAt: (half: Drag.Half) => Target) {
    this.#found.targets.set(node, targetAt);
    return this.#drag?.dropPlace(node, targetAt);
  }

  follow(outline: HTMLElement) {
    const stops = [
      this.#touch?.followFingers(outline, this.#desk, this.#found),
      this.#drag?.followDrags({
        aim: (target) => this.#desk.moves.aim(target),
        drop: (item, target) => this.#desk.moves.to(item, target),
      }),
    ];
    return () => stops.forEach((stop) => stop?.());
  }
}

export const [useDragging, provideDragging] = createContext<Dragging>();
