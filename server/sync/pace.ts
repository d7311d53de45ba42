const LONGEST_GAP = 1_000; // ms: after a pause it is quiet, however long
const MEMORY = 0.9; // how much of the average the past is
const QUIET = 250; // ms

/** How often something happens, as a moving average of the gaps. Moments are on performance's clock. */
export class Pace {
  #last = -Infinity;
  #gap = LONGEST_GAP;

  happened(now: number): void {
    this.#gap = MEMORY * this.#gap + (1 - MEMORY) * Math.min(now - this.#last, LONGEST_GAP);
    this.#last = now;
  }

  /** Nothing has happened for a while. */
  isQuiet(now: number): boolean {
    return now - this.#last > QUIET;
  }

  /** How many more are to be expected within so many milliseconds. */
  within(milliseconds: number): number {
    return milliseconds / this.#gap;
  }
}
