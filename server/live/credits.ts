import { neverBack } from '#server/clock.ts';

/** Commands a seat may send at once, and how many come back each second: a facilitator in a hurry, not a script. */
const BURST = 20;
const PER_SECOND = 4;

/** Counts each seat's credits; a seat that has not asked for a while has all of them and takes no memory. */
export class Credits<Seat> {
  readonly #spent = new Map<Seat, { credits: number; at: number }>();
  readonly #clock: () => number;

  constructor(clock: () => number) {
    this.#clock = neverBack(clock);
  }

  /** Null when one was spent, else the seconds until there is one again. */
  spend(seat: Seat): number | null {
    const now = this.#clock();
    const last = this.#spent.get(seat);
    const credits = last ? Math.min(BURST, last.credits + ((now - last.at) / 1000) * PER_SECOND) : BURST;
    if (credits < 1) return Math.ceil((1 - credits) / PER_SECOND);
    if (this.#spent.size > 1000) this.#forget(now);
    this.#spent.set(seat, { credits: credits - 1, at: now });
    return null;
  }

  #forget(now: number): void {
    const full = now - (BURST / PER_SECOND) * 1000;
    for (const [seat, { at }] of this.#spent) if (at < full) this.#spent.delete(seat);
  }
}
