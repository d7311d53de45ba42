import { Chance } from '#domain/chance.ts';

/** What simulated people do is the same for the same seed. */
export class Random extends Chance {
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
