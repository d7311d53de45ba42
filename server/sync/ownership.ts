import type { SeatId } from '#domain/ids.ts';

/**
 * Whose each clientID of a document is: a lease taken at first use, by writing under it or by being announced with it, and stored
 * with the document's next row. Structs under somebody else's id are a theft: they take the clocks that the owner is about to
 * use, and the owner's next words would be ignored everywhere.
 */
export class Ownership {
  readonly #stored: Map<number, SeatId | null>;
  readonly #taken = new Map<number, SeatId | null>();

  constructor(stored: ReadonlyMap<number, SeatId | null>) {
    this.#stored = new Map(stored);
  }

  /** Takes all the ids for the seat, or none if one is another's. */
  take(clients: readonly number[], seat: SeatId | null): boolean {
    if (!clients.every((client) => this.#isFree(client, seat))) return false;
    for (const client of clients) if (!this.#stored.has(client)) this.#taken.set(client, seat);
    return true;
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
    const owner = this.#stored.has(client) ? this.#stored.get(client) : this.#taken.get(client);
    return owner === undefined || owner === seat;
  }
}
