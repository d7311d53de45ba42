const FIRST_PAUSE = 300; // ms
const LONGEST_PAUSE = 10_000; // ms

/** Before the try after `tries` that failed: growing, and never the same for everybody. */
export const pauseAfter = (tries: number, random: () => number = Math.random): number =>
  Math.min(FIRST_PAUSE * 2 ** (tries - 1), LONGEST_PAUSE) * (0.5 + random() / 2);
