import { mastheadOf } from '#lib/forum/masthead.ts';
import { seated } from '#lib/forum/seated.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { forum, seat } = await seated(locals, params.slug);
  const document = await locals.services.outcomes.assemble(forum);
  const runs = seat.role === 'organizer' || seat.role === 'facilitator';
  if (!runs) return { head: mastheadOf(forum, seat.role), document, work: null };
  const people = await locals.services.seats.people(forum.id);
  const names = Object.fromEntries(people.map(({ person }) => [person.seatId, person.name]));
  const rooms = forum.agenda.flatMap((item) => (item.kind === 'workshop' ? item.rooms : []));
  // What a browser needs to assemble the document itself while people write.
  return { head: mastheadOf(forum, seat.role), document, work: { forum, rooms, seat: seat.id, names } };
};
