/** A stream of chance that is the same for the same seed (mulberry32, public domain). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 up to 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number below `end`. */
  below(end: number): number {
    return Math.floor(this.next() * end);
  }

  pick<T>(from: readonly T[]): T | undefined {
    return from[this.below(from.length)];
  }

  /** Milliseconds until the next deed of somebody who does `1000 / mean` of them a second: waits as people wait. */
  pause(mean: number): number {
    return Math.min(-Math.log(1 - this.next()) * mean, mean * 4);
  }

  /** One of the kinds, by weight. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K {
    const kinds = Object.entries(weights) as [K, number][];
    let left = this.next() * kinds.reduce((sum, [, weight]) => sum + weight, 0);
    return (kinds.find(([, weight]) => (left -= weight) < 0) ?? (kinds[0] as [K, number]))[0];
  }
}
