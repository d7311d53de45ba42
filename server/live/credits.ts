import { neverBack } from '#server/clock.ts';

export interface Allowance {
  /** At once. */
  readonly most: number;
  readonly perSecond: number;
}

/** Of commands: a facilitator in a hurry, not a script. */
const IN_A_HURRY: Allowance = { most: 20, perSecond: 4 };

/** Counts each seat's credits; a seat that has not asked for a while has all of them and takes no memory. */
export class Credits<Seat> {
  readonly #spent = new Map<Seat, { credits: number; at: number }>();
  readonly #clock: () => number;
  readonly #allowance: Allowance;
  #forgotten = -Infinity;

  constructor(clock: () => number, allowance: Allowance = IN_A_HURRY) {
    this.#clock = neverBack(clock);
    this.#allowance = allowance;
  }

  /** Null when they were spent, else the seconds until there are as many again. */
  spend(seat: Seat, amount = 1): number | null {
    const now = this.#clock();
    const last = this.#spent.get(seat);
    const { most, perSecond } = this.#allowance;
    const credits = last ? Math.min(most, last.credits + ((now - last.at) / 1000) * perSecond) : most;
    if (credits < amount) return Math.ceil((amount - credits) / perSecond);
    if (this.#spent.size > 1000) this.#forget(now);
    this.#spent.set(seat, { credits: credits - amount, at: now });
    return null;
  }

  /** Not at each spending: a hall that comes back at once spends some ten thousand times in a second. */
  #forget(now: number): void {
    const whole = (this.#allowance.most / this.#allowance.perSecond) * 1000;
    const full = now - whole;
    if (this.#forgotten > full) return;
    this.#forgotten = now;
    for (const [seat, { at }] of this.#spent) if (at < full) this.#spent.delete(seat);
  }
}
