import type { Role } from '#domain/forum/seat.ts';

/** One line of the list of people, as plain data. */
export interface PersonRow {
  readonly seatId: string;
  readonly name: string;
  readonly country: string | null;
  readonly organisation: string | null;
  readonly role: Role;
  /** Epoch milliseconds. */
  readonly joinedAt: number;
  /** An account may be an organizer's; a guest's seat may not. */
  readonly hasAccount: boolean;
  /** Whether the viewer may make a link with which this person sets a new password. */
  readonly mayVouch?: boolean | undefined;
}

export interface DelegationRows {
  readonly country: string | null;
  readonly people: readonly PersonRow[];
}

/** People by country, the largest delegation first; those who named none come last. Within a country in order of joining. */
export function byCountry(people: readonly PersonRow[]): DelegationRows[] {
  const groups = Map.groupBy(people, ({ country }) => country);
  return [...groups]
    .map(([country, members]) => ({ country, people: members.toSorted((a, b) => a.joinedAt - b.joinedAt) }))
    .sort(
      (a, b) =>
        Number(a.country === null) - Number(b.country === null) ||
        b.people.length - a.people.length ||
        ((a.country ?? '') < (b.country ?? '') ? -1 : 1),
    );
}
