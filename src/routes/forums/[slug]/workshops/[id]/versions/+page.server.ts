import { reading } from '#lib/forum/seated.server.ts';
import { refusePage } from '../../../../../refuse.ts';
import type { PageServerLoad } from './$types';

/** Whose board it is; the versions themselves the page asks for, so that looking at another one needs no load. */
export const load: PageServerLoad = async ({ params, url, locals }) => {
  const { forum, seat, person } = await reading(locals, params.slug, { kind: 'versions' });
  const plan = forum.agenda.find((item) => item.id === params.id);
  if (plan?.kind !== 'workshop') refusePage({ kind: 'workshopUnknown' });
  const view = await locals.services.workshops.view(plan.id, { seatId: seat.id, role: seat.role });
  if (!view) refusePage({ kind: 'workshopUnknown' });
  const asked = url.searchParams.get('room');
  const room = view.rooms.find(({ id }) => id === asked);
  if (!room) refusePage({ kind: 'roomUnknown' });
  const people = await locals.services.seats.people(forum.id);
  return {
    forum: { slug: forum.slug, title: forum.title, language: forum.language },
    isRehearsal: forum.rehearsal !== undefined,
    workshop: { id: plan.id },
    room: { id: room.id, name: room.name, seats: room.seats },
    me: { seatId: seat.id, language: person.language },
    names: Object.fromEntries(people.map(({ seat, person }) => [seat.id, person.name])),
  };
};
