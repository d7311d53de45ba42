import { error } from '@sveltejs/kit';
import { reading } from '#lib/forum/seated.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals }) => {
  const { forum, seat } = await reading(locals, params.slug, { kind: 'controlRoom' });
  const plan = forum.agenda.find((item) => item.id === params.id);
  const actor = { seatId: seat.id, role: seat.role };
  const view = plan?.kind === 'workshop' ? await locals.services.workshops.view(plan.id, actor) : null;
  if (plan?.kind !== 'workshop' || !view) error(404);
  return {
    forum: { slug: forum.slug, title: forum.title, language: forum.language },
    isRehearsal: forum.rehearsal !== undefined,
    isOutcomeOpen: forum.outcome.isOpen === true,
    languages: forum.languages,
    workshop: { id: plan.id, title: plan.title, question: plan.question ?? plan.title },
    view,
    people: await locals.services.reading.people(forum, actor),
    now: locals.services.time(),
  };
};
