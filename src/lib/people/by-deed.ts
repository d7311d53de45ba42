export interface RemovedPerson {
  readonly seatId: string;
  readonly name: string;
  readonly keptOut: boolean;
  /** Whose seat this one was joined into. */
  readonly sameAs: string | null;
  /** Epoch milliseconds. */
  readonly removedAt: number;
}

export interface RemovedAtOnce {
  /** When, by which it can be taken back. */
  readonly at: number;
  readonly count: number;
  /** The first of them. */
  readonly people: readonly RemovedPerson[];
}

const SHOWN = 200;

/** Those who are no longer here, the latest first; whoever went by one press stands together. */
export function byDeed(removed: readonly RemovedPerson[]): RemovedAtOnce[] {
  const alone = ({ keptOut, sameAs }: RemovedPerson) => keptOut || sameAs !== null;
  const deeds = Map.groupBy(removed, (person) => (alone(person) ? person.seatId : person.removedAt));
  return [...deeds.values()].map((people) => ({
    at: people[0]!.removedAt,
    count: people.length,
    people: people.slice(0, SHOWN),
  }));
}
