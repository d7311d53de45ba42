import type { SeatId } from '#domain/ids.ts';

/** How much of a document is each seat's, in bytes or in records: what is stored of it, and what is on its way. */
export class SeatTotals {
  readonly #totals = new Map<SeatId, number>();

  /** As the log has it, by clientID; what belongs to nobody any more counts for nobody. */
  constructor(amounts: ReadonlyMap<number, number>, owners: ReadonlyMap<number, SeatId | null>) {
    for (const [client, amount] of amounts) this.add(owners.get(client) ?? null, amount);
  }

  of(seat: SeatId): number {
    return this.#totals.get(seat) ?? 0;
  }

  /** Less than none when it came to nothing. */
  add(seat: SeatId | null, amount: number): void {
    if (seat) this.#totals.set(seat, Math.max(0, this.of(seat) + amount));
  }
}
