import type { SeatId } from '#domain/ids.ts';

/** How much of a document each seat has written: what is stored of it, and what is on its way. */
export class SeatBytes {
  readonly #written = new Map<SeatId, number>();

  /** As the log has it, by clientID; what belongs to nobody any more counts for nobody. */
  constructor(bytes: ReadonlyMap<number, number>, owners: ReadonlyMap<number, SeatId | null>) {
    for (const [client, length] of bytes) this.add(owners.get(client) ?? null, length);
  }

  of(seat: SeatId): number {
    return this.#written.get(seat) ?? 0;
  }

  /** Less than none when it came to nothing. */
  add(seat: SeatId | null, length: number): void {
    if (seat) this.#written.set(seat, Math.max(0, this.of(seat) + length));
  }
}
