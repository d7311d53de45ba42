import { error } from '@sveltejs/kit';
import { screenOf } from '#domain/workshop/screen.ts';
import { openCode } from '#domain/forum/forum.ts';
import { reading } from '#lib/forum/seated.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals, url }) => {
  const { forum, seat } = await reading(locals, params.slug, { kind: 'screen' });
  const plan = forum.agenda.find((item) => item.id === params.id);
  const actor = { seatId: seat.id, role: seat.role };
  const view = plan?.kind === 'workshop' ? await locals.services.workshops.screenView(plan.id, actor) : null;
  if (plan?.kind !== 'workshop' || !view) error(404);
  const state = await locals.services.workshops.state(plan.id);
  const origin = locals.services.guestOrigin(url.origin);
  return {
    // A projector shows the question and nothing else.
    bare: true,
    forum: { slug: forum.slug, title: forum.title, language: forum.language },
    workshop: { id: plan.id, title: plan.title, question: plan.question ?? plan.title },
    /** Null: a rehearsal, which nobody joins. */
    joinCode: openCode(forum),
    rule: forum.decisionRule,
    isOutcomeOpen: forum.outcome.isOpen === true,
    origin,
    view,
    screen: screenOf(state ?? {}),
    now: locals.services.time(),
  };
};
