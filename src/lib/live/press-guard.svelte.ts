import { untrack } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import { Settled, type Spot } from './settled.ts';

/** Buttons whose meaning others change: for a while a press that was meant for what stood there before is not done. */
export class PressGuard {
  readonly #meaning: () => string;
  readonly #isOwn: () => boolean;
  readonly #settled = new Settled();
  #isHeld = $state(false);

  /**
   * `before`: what stood there before the first look, where that is read as little as a change. `isOwn`: what it means now comes of what
   * was pressed here.
   */
  constructor(meaning: () => string, before?: string, isOwn = () => false) {
    this.#meaning = meaning;
    this.#isOwn = isOwn;
    if (before !== undefined) this.#settled.see(before, -Infinity);
  }

  /** Nothing that is pressed counts. */
  get isHeld(): boolean {
    return this.#isHeld;
  }

  /** For the button, or what holds several. */
  readonly attach: Attachment<HTMLElement> = (element) => {
    let pointer: Spot | null = null;
    let timer: ReturnType<typeof setTimeout>;
    const renew = () => {
      clearTimeout(timer);
      const left = this.#settled.readAt - performance.now();
      this.#isHeld = left > 0;
      if (left > 0) timer = setTimeout(renew, left);
    };
    const moved = ({ clientX: x, clientY: y, target }: PointerEvent) => {
      pointer = element.contains(target as Node) ? { x, y } : null;
      this.#settled.moved({ x, y });
      if (this.#isHeld) renew();
    };
    addEventListener('pointermove', moved, { passive: true });
    addEventListener('pointerdown', moved, { passive: true });
    $effect(() => {
      const meaning = this.#meaning();
      const isOwn = this.#isOwn();
      untrack(() => {
        const hasFocus = element.contains(document.activeElement);
        this.#settled.see(meaning, performance.now(), { pointer, hasFocus });
        if (isOwn) this.#settled.know();
        renew();
      });
    });
    return () => {
      clearTimeout(timer);
      removeEventListener('pointermove', moved);
      removeEventListener('pointerdown', moved);
    };
  };
}
