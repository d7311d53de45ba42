import { Chance } from '#domain/chance.ts';

/** The same seed gives the same run. */
export class Seeded extends Chance {
  readonly seed: number;

  constructor(seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31))) {
    super(seed);
    this.seed = seed;
  }

  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }
}
