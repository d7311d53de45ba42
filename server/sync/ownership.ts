import type { SeatId } from '#domain/ids.ts';

/**
 * Whose each clientID of a document is: a lease taken at first use, by a writer who writes under it or is announced with it, and stored
 * with the document's next row. Structs under somebody else's id are a theft: they take the clocks that the owner is about to
 * use, and the owner's next words would be ignored everywhere.
 */
export class Ownership {
  readonly #stored: Map<number, SeatId | null>;
  readonly #taken = new Map<number, SeatId | null>();
  /** Announced by somebody who only reads: nobody else's while they are here, and never stored. */
  readonly #held = new Map<number, SeatId>();

  constructor(stored: ReadonlyMap<number, SeatId | null>) {
    this.#stored = new Map(stored);
  }

  /** Takes all the ids for the seat, or none if one is another's. */
  take(clients: readonly number[], seat: SeatId | null): boolean {
    if (!clients.every((client) => this.#isFree(client, seat))) return false;
    for (const client of clients) if (!this.#stored.has(client)) this.#taken.set(client, seat);
    return true;
  }

  /** Keeps an id from others without a lease. False when it is another's. */
  hold(client: number, seat: SeatId): boolean {
    if (!this.#isFree(client, seat)) return false;
    this.#held.set(client, seat);
    return true;
  }

  letGo(client: number, seat: SeatId): void {
    if (this.#held.get(client) === seat) this.#held.delete(client);
  }

  /** Undefined: nobody's. Null: the server's own. */
  ownerOf(client: number): SeatId | null | undefined {
    return [this.#stored, this.#taken, this.#held].find((ids) => ids.has(client))?.get(client);
  }

  /** Leases that no row has stored yet. */
  get unstored(): readonly [client: number, seat: SeatId | null][] {
    return [...this.#taken];
  }

  stored(leases: readonly (readonly [client: number, seat: SeatId | null])[]): void {
    for (const [client, seat] of leases) {
      this.#stored.set(client, seat);
      this.#taken.delete(client);
    }
  }

  #isFree(client: number, seat: SeatId | null): boolean {
    const owner = this.ownerOf(client);
    return owner === undefined || owner === seat;
  }
}
