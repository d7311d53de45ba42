import type { Pace } from '#domain/workshop/calls/commands.ts';
import { Random } from './random.ts';

/** What somebody does in a script beside writing. Times are shares of a step's length. */
export interface Attendance {
  readonly isLate: boolean;
  /** In the first step in which people write. */
  readonly losesNetworkAt: number | null;
  /** Goes home in the last step that has a length. */
  readonly goesAt: number | null;
  /** In which of the steps they call, and whether they find the answer themselves before anybody comes. */
  readonly help: { readonly step: number; readonly at: number; readonly isTakenBack: boolean } | null;
  /** Where people write, in each step. */
  readonly pace: { readonly told: Pace; readonly at: number } | null;
}

/** Of `people`, by a seed: of whom come on time some are cut off, some call, some go; the last in the row come late. */
export function attendances(people: number, seed: number): readonly Attendance[] {
  const random = new Random(seed);
  const late = people < 3 ? 0 : Math.max(1, Math.round(people / 12));
  const punctual = random.shuffled(Array.from({ length: people - late }, (_, index) => index));
  const share = (of: number, least: number) => new Set(punctual.splice(0, Math.max(least, Math.round(people / of))));
  const calling = share(9, 1);
  const cutOff = share(8, 1);
  const going = share(25, people < 8 ? 0 : 1);
  const between = (from: number, to: number) => from + random.next() * (to - from);
  return Array.from({ length: people }, (_, index): Attendance => {
    const pace = random.next();
    return {
      isLate: index >= people - late,
      losesNetworkAt: cutOff.has(index) ? between(0.2, 0.4) : null,
      goesAt: going.has(index) ? between(0.5, 0.7) : null,
      help: calling.has(index)
        ? { step: random.below(3), at: between(0.15, 0.5), isTakenBack: random.below(5) === 0 }
        : null,
      pace: pace < 0.75 ? { told: pace < 0.15 ? 'more' : 'done', at: between(0.6, 0.9) } : null,
    };
  });
}
