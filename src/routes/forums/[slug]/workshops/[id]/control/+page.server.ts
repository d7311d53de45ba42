import { error } from '@sveltejs/kit';
import type { WorkshopId } from '#domain/ids.ts';
import { leads } from '#domain/permissions/may.ts';
import type { PersonAtTable } from '#protocol/live/down.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals }) => {
  const { storage, workshops } = locals.services;
  const forum = await storage.forums.bySlug(params.slug);
  const plan = forum?.agenda.find((item) => item.kind === 'workshop' && item.id === params.id);
  if (!forum || plan?.kind !== 'workshop') error(404);
  const me = await locals.seatIn(forum.id);
  if (!me || !leads(me.seat)) error(403);
  const view = await workshops.view(params.id as WorkshopId, { seatId: me.seat.id, role: me.seat.role });
  if (!view) error(404);
  const people = (await storage.people.ofForum(forum.id)).map(
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
