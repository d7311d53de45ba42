import type { Forum } from '../forum/forum.ts';
import type { Person, Role, Seat } from '../forum/seat.ts';
import type { Delegation, Participants } from './document.ts';

/** Roles that sit at the table; organizers run the forum and are not counted. */
const COUNTED: readonly Role[] = ['participant', 'facilitator', 'observer', 'translator'];

/**
 * Participants by country: largest delegation first, then by code, people who named no country last. A forum without
 * a single seat (an imported one) has what its post said.
 */
export function countDelegations(
  forum: Forum,
  people: readonly { readonly seat: Seat; readonly person: Person }[],
): Participants {
  const present = people.filter(({ seat }) => seat.removedAt === null && COUNTED.includes(seat.role));
  if (present.length === 0) {
    return { total: forum.outcome.declaredParticipants ?? 0, delegations: forum.outcome.declaredDelegations ?? [] };
  }
  const byCountry = Map.groupBy(present, ({ person }) => person.country);
  const delegations = [...byCountry].map(([country, members]): Delegation => ({
    country,
    count: members.length,
    people: forum.joinForm.namesInOutcome
      ? members.map(({ person: { name, organisation } }) => ({ name, organisation }))
      : [],
  }));
  return { total: present.length, delegations: delegations.sort(bySize) };
}

function bySize(a: Delegation, b: Delegation): number {
  if (a.country === null || b.country === null) return Number(a.country === null) - Number(b.country === null);
  return b.count - a.count || (a.country < b.country ? -1 : 1);
}
