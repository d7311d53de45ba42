import { redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

/** Where one waits for a free seat. It tells nobody else anything, not even whether there is such a forum. */
export const load: PageServerLoad = async ({ locals, params, request, depends }) => {
  depends('forum:door');
  const forum = await locals.services.forums.bySlug(params.slug);
  if (!forum) return { place: null };
  if (await locals.seatIn(forum.id)) {
    const workshop = forum.agenda.find(({ kind }) => kind === 'workshop');
    redirect(303, workshop ? `/forums/${forum.slug}/workshops/${workshop.id}` : `/forums/${forum.slug}`);
  }
  const cookie = request.headers.get('cookie') ?? undefined;
  const place = await locals.services.seats.door.placeOfRequest({ cookie }, forum.id);
  return { place: place && { name: place.name, before: place.before, forum: forum.title } };
};
