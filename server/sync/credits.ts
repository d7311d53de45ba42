/** A token bucket. Debt is allowed to show, so that a caller who only waits can learn for how long. */
export class Credits {
  readonly #perSecond: number;
  readonly #burst: number;
  #credits: number;
  #at: number;

  constructor(rate: { readonly perSecond: number; readonly burst: number }, now: number) {
    this.#perSecond = rate.perSecond;
    this.#burst = rate.burst;
    this.#credits = rate.burst;
    this.#at = now;
  }

  /** False when it is spent beyond the burst. */
  spend(amount: number, now: number): boolean {
    const earned = (Math.max(0, now - this.#at) * this.#perSecond) / 1_000;
    this.#credits = Math.min(this.#burst, this.#credits + earned) - amount;
    this.#at = now;
    return this.#credits >= 0;
  }

  /** Milliseconds until nothing is owed any more; at least one. */
  get wait(): number {
    return Math.max(1, Math.ceil((-this.#credits * 1_000) / this.#perSecond));
  }
}
