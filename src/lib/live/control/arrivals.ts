import type { ItemId } from '#domain/ids.ts';

/**
 * When ideas came, as whoever watches a board saw it. The time that an item carries is its writer's word: it holds only between the last
 * moment at which the idea was not there and now. Times are the server's.
 */
export class Arrivals {
  #came = new Map<ItemId, number>();
  /** Until then everything was seen. */
  #seenUntil = -Infinity;

  /** What is there now. `since`: when the board was known last, where it was not watched in between. */
  see(items: readonly { readonly id: ItemId; readonly at: number }[], now: number, since = this.#seenUntil): void {
    const within = (at: number) => Math.min(now, Math.max(Number.isFinite(at) ? at : now, Math.min(since, now)));
    this.#came = new Map(items.map(({ id, at }) => [id, this.#came.get(id) ?? within(at)]));
    this.#seenUntil = now;
  }

  of(item: ItemId): number {
    return this.#came.get(item) ?? -Infinity;
  }
}
