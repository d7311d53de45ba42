import { untrack } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import { ListOrder, type Row } from './list-order.ts';
import { PressGuard } from './press-guard.svelte.ts';

const RESTED = 10_000; // ms; a hand that has lain there so long presses nothing

/** A list that others change while somebody presses in it. */
export class HeldList<One extends { readonly id: string }> {
  readonly #list: () => readonly One[];
  readonly #order = new ListOrder<One>();
  readonly #guard: PressGuard;
  #isHeld = $state(false);
  #due = $state(0);
  readonly #rows = $derived.by(() => {
    void this.#due;
    return this.#order.at(performance.now(), this.#list(), this.#isHeld);
  });

  /** `deeds`: what can be pressed in the rows, where that changes too. */
  constructor(list: () => readonly One[], deeds = () => '') {
    this.#list = list;
    this.#guard = new PressGuard(() => {
      void this.#rows;
      return `${this.#order.shifts} ${deeds()}`;
    });
  }

  get rows(): readonly Row<One>[] {
    return this.#rows;
  }
  /** A press in it may be meant for what stood there before. */
  get isMoving(): boolean {
    return this.#guard.isHeld;
  }

  readonly attach: Attachment<HTMLElement> = (element) => {
    let timer: ReturnType<typeof setTimeout>;
    const letGo = () => {
      clearTimeout(timer);
      this.#isHeld = false;
    };
    const hold = () => {
      clearTimeout(timer);
      this.#isHeld = true;
      timer = setTimeout(letGo, RESTED);
    };
    /** A finger that was lifted is there still; a pointer that leaves, while the focus is elsewhere, is not. */
    const left = ({ pointerType }: PointerEvent) => {
      if (pointerType !== 'touch' && !element.contains(document.activeElement)) letGo();
    };
    const blurred = ({ relatedTarget }: FocusEvent) => {
      if (!element.contains(relatedTarget as Node | null) && !element.matches(':hover')) letGo();
    };
    const listeners = new AbortController();
    const { signal } = listeners;
    for (const kind of ['pointermove', 'pointerdown', 'focusin', 'keydown'] as const)
      element.addEventListener(kind, hold, { signal, passive: true });
    element.addEventListener('pointerleave', left, { signal });
    element.addEventListener('focusout', blurred, { signal });
    $effect(() => {
      void this.#rows;
      const wait = untrack(() => this.#order.dueAt) - performance.now();
      if (wait <= 0) return;
      const due = setTimeout(() => (this.#due += 1), wait);
      return () => clearTimeout(due);
    });
    const unguard = this.#guard.attach(element);
    return () => {
      listeners.abort();
      clearTimeout(timer);
      unguard?.();
    };
  };
}
