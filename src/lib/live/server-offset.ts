const KEPT = 8; // round trips; on bad Wi-Fi one of eight is quick

interface RoundTrip {
  readonly took: number;
  readonly offset: number;
}

/**
 * How far the server's time is from this device's `performance.now()`, which nobody sets. A message alone is late by an unknown
 * way; of round trips the quickest is the most exact: half of it at most is wrong.
 */
export class ServerOffset {
  #trips: RoundTrip[] = [];
  #offset: number;

  /** From what a page was rendered with. */
  constructor(now: number | undefined, at: number) {
    this.#offset = (now ?? at) - at;
  }

  /** Milliseconds to add to `performance.now()`. */
  get value(): number {
    return this.#offset;
  }

  /** The server said its time, and it came at `at`. Counts until a round trip says it better. */
  told(now: number, at: number): void {
    if (this.#trips.length === 0) this.#offset = now - at;
  }

  /** Asked at `asked`, answered at `at`. */
  answered(now: number, asked: number, at: number): void {
    this.#trips = [...this.#trips, { took: at - asked, offset: now - (asked + at) / 2 }].slice(-KEPT);
    this.#offset = this.#trips.reduce((best, trip) => (trip.took < best.took ? trip : best)).offset;
  }

  /** The device has slept, and its clock perhaps with it: what was known before is worth nothing. */
  forget(): void {
    this.#trips = [];
  }
}
