const DAY = 86_400_000; // ms
/** Remembered at most; a device that was forgotten is noted once more. */
const REMEMBERED = 20_000;

/** Which devices came already today, so that a visit costs a write once a day. In memory: a restart notes everybody again. */
export class Visits {
  readonly #days = new Map<string, number>();

  /** Whether it is the device's first visit that we know of on this day (of UTC). */
  isFirst(hash: string, now: number): boolean {
    const day = Math.floor(now / DAY);
    if (this.#days.get(hash) === day) return false;
    this.#days.delete(hash);
    this.#days.set(hash, day);
    if (this.#days.size > REMEMBERED) this.#days.delete(this.#days.keys().next().value!);
    return true;
  }
}
