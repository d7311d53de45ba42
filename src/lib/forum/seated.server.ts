import { error } from '@sveltejs/kit';
import type { Forum } from '#domain/forum/forum.ts';
import type { Person, Role, Seat } from '#domain/forum/seat.ts';

export interface Seated {
  readonly forum: Forum;
  readonly seat: Seat;
  readonly person: Person;
}

/** The forum and the visitor's seat in it. 404 without such a forum, 403 for strangers and for roles that are not named. */
export async function seated(locals: App.Locals, slug: string, ...roles: Role[]): Promise<Seated> {
  const forum = await locals.services.forums.bySlug(slug);
  if (!forum) error(404);
  const mine = await locals.seatIn(forum.id);
  if (!mine || (roles.length > 0 && !roles.includes(mine.seat.role))) error(403);
  return { forum, ...mine };
}
