const RENEWED = 3_000; // ms; a list that moves more often cannot be pressed in

export interface Row<One> {
  readonly one: One;
  /** It is in the list no more, and keeps its place while somebody is there. */
  readonly isGone: boolean;
}

/** In which order a list stands that others change: what is read and pressed does not move under a hand. */
export class ListOrder<One extends { readonly id: string }> {
  #shown: readonly One[] = [];
  #renewedAt = -Infinity;
  #shifts = 0;

  /** Rises when a row stands elsewhere than it stood. */
  get shifts(): number {
    return this.#shifts;
  }
  /** When the list may be put in order again. */
  get dueAt(): number {
    return this.#renewedAt + RENEWED;
  }

  /** What is shown at this moment. What has come stands last until the order is renewed. `isHeld`: a pointer or the focus is there. */
  at(now: number, list: readonly One[], isHeld: boolean): readonly Row<One>[] {
    const told = new Map(list.map((one) => [one.id, one]));
    const known = new Set(this.#shown.map(({ id }) => id));
    const kept = this.#shown.filter(({ id }) => isHeld || told.has(id)).map((one) => told.get(one.id) ?? one);
    const asKept = [...kept, ...list.filter(({ id }) => !known.has(id))];
    const isDue = !isHeld && now >= this.dueAt;
    const next = isDue ? list : asKept;
    if (isDue && !isSame(asKept, list)) this.#renewedAt = now;
    if (!isSame(this.#shown, next.slice(0, this.#shown.length))) this.#shifts += 1;
    this.#shown = next;
    return next.map((one) => ({ one, isGone: !told.has(one.id) }));
  }
}

const isSame = (some: readonly { readonly id: string }[], others: readonly { readonly id: string }[]) =>
  some.length === others.length && some.every(({ id }, at) => others[at]?.id === id);
