import { error } from '@sveltejs/kit';
import { formatJoinCode } from '#domain/forum/join-code.ts';
import type { WorkshopId } from '#domain/ids.ts';
import { leads } from '#domain/permissions/may.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals, url }) => {
  const { storage, workshops } = locals.services;
  const forum = await storage.forums.bySlug(params.slug);
  const plan = forum?.agenda.find((item) => item.kind === 'workshop' && item.id === params.id);
  if (!forum || plan?.kind !== 'workshop') error(404);
  const me = await locals.seatIn(forum.id);
  if (!me || !leads(me.seat)) error(403);
  const view = await workshops.view(params.id as WorkshopId, { seatId: me.seat.id, role: me.seat.role });
  if (!view) error(404);
  return {
    forum: { slug: forum.slug, title: forum.title, language: forum.language },
    workshop: { id: plan.id, title: plan.title, question: plan.question ?? null },
    code: formatJoinCode(forum.joinCode),
    join: { host: url.host, url: `${url.origin}/join/${forum.joinCode}` },
    view,
    now: Date.now(),
  };
};
