import { uptime } from 'node:os';

/** Two clocks, because no one clock is good for both: people set the one on the wall, and ask it for dates. */
export interface Clock {
  /** Epoch milliseconds as the machine's clock has them, for dates: when somebody joined, until when a link is good. */
  now(): number;
  /** Milliseconds since some moment, for what lasts: limits, waits, time left. Never goes back, and goes on while the machine sleeps. */
  monotonic(): number;
  /** `monotonic` in epoch milliseconds, counted from the date at the start: for deadlines that are shown, stored and compared. */
  time(): number;
}

const LOOK_EVERY = 1_000; // ms
const SLEPT = 1_000; // ms; less is the grain of the system's uptime

/** The machine's own clocks. A laptop whose lid was closed for ten minutes has ten minutes less: people's time went on. */
export class SystemClock implements Clock {
  readonly #wall: () => number;
  readonly #start: number;
  readonly #awakeAt = performance.now();
  readonly #upAt = uptime();
  #slept = 0;
  #lookedAt = 0;

  constructor(wall: () => number = Date.now) {
    this.#wall = wall;
    this.#start = wall();
  }

  now(): number {
    return this.#wall();
  }

  monotonic(): number {
    const awake = performance.now() - this.#awakeAt;
    if (awake - this.#lookedAt >= LOOK_EVERY) {
      this.#lookedAt = awake;
      // on Linux performance's clock stands still in sleep, the uptime does not
      const slept = (uptime() - this.#upAt) * 1_000 - awake;
      if (slept > this.#slept + SLEPT) this.#slept = slept;
    }
    return awake + this.#slept;
  }

  time(): number {
    return Math.floor(this.#start + this.monotonic()); // stored, and PostgreSQL takes no fractions for whole numbers
  }
}

/** One that somebody moves: what it is moved ahead has passed, and what it is set back has not happened. */
export class GivenClock implements Clock {
  readonly now: () => number;
  readonly time: () => number;
  readonly #start: number;

  constructor(given: () => number) {
    this.now = given;
    this.#start = given();
    this.time = neverBack(given);
  }

  monotonic(): number {
    return this.time() - this.#start;
  }
}

/** The same clock, but one that is set back goes on from where it was. */
export function neverBack(clock: () => number): () => number {
  let last = clock();
  let ahead = 0;
  return () => {
    const now = clock();
    ahead += Math.max(0, last - now);
    last = now;
    return now + ahead;
  };
}
