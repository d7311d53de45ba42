import { error } from '@sveltejs/kit';
import { seated } from '#lib/forum/seated.server.ts';
import type { PersonAtTable } from '#protocol/live/down.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals }) => {
  const { forum, seat } = await seated(locals, params.slug, 'organizer', 'facilitator');
  const plan = forum.agenda.find((item) => item.id === params.id);
  const actor = { seatId: seat.id, role: seat.role };
  const view = plan?.kind === 'workshop' ? await locals.services.workshops.view(plan.id, actor) : null;
  if (plan?.kind !== 'workshop' || !view) error(404);
  const people = (await locals.services.seats.people(forum.id)).map(
    ({ seat, person: { name, country, language } }): PersonAtTable => ({
      seatId: seat.id,
      name,
      country,
      language,
      role: seat.role,
    }),
  );
  return {
    forum: { slug: forum.slug, title: forum.title, language: forum.language },
    workshop: { id: plan.id, title: plan.title, question: plan.question ?? null },
    view,
    people,
    now: Date.now(),
  };
};
