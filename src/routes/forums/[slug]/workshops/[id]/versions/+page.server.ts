import { groupAsked } from '#lib/board/groups/group-asked.server.ts';
import { reading } from '#lib/forum/seated.server.ts';
import { parseDocumentName } from '#protocol/document-name.ts';
import { refusePage } from '../../../../../refuse.ts';
import type { PageServerLoad } from './$types';

/** Whose board it is; the versions themselves the page asks for, so that looking at another one needs no load. */
export const load: PageServerLoad = async ({ params, url, locals }) => {
  const { forum, seat, person } = await reading(locals, params.slug, { kind: 'versions' });
  const plan = forum.agenda.find((item) => item.id === params.id);
  if (plan?.kind !== 'workshop') refusePage({ kind: 'workshopUnknown' });
  const { workshops, seats, time } = locals.services;
  const me = { seatId: seat.id, role: seat.role };
  const view = await workshops.view(plan.id, me);
  if (!view) refusePage({ kind: 'workshopUnknown' });
  const group = await groupAsked(workshops, view, me, url.searchParams, time());
  const asked = group?.room ?? (url.searchParams.has('group') ? null : url.searchParams.get('room'));
  const room = view.rooms.find(({ id }) => id === asked);
  const document = group?.document ?? parseDocumentName(room?.document ?? '')?.name;
  if (!room || !document) refusePage({ kind: 'roomUnknown' });
  const people = await seats.people(forum.id);
  return {
    forum: { slug: forum.slug, title: forum.title, language: forum.language },
    isRehearsal: forum.rehearsal !== undefined,
    workshop: { id: plan.id },
    room: room.name,
    group: group && { place: group.place, isPair: group.size === 2 },
    board: {
      document,
      asked: group ? `group=${group.step}/${group.number}` : `room=${room.id}`,
      seats: group?.seats ?? room.seats,
    },
    me: { seatId: seat.id, language: person.language },
    names: Object.fromEntries(people.map(({ seat, person }) => [seat.id, person.name])),
  };
};
