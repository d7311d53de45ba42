import { error } from '@sveltejs/kit';
import type { Forum } from '#domain/forum/forum.ts';
import type { Person, Role, Seat } from '#domain/forum/seat.ts';
import { reads, type Thing } from '#domain/permissions/reads.ts';

export interface Seated {
  readonly forum: Forum;
  readonly seat: Seat;
  readonly person: Person;
}

/**
 * The forum and the visitor's seat in it. 404 without such a forum and for strangers, who are not told that it exists; 403 for seats
 * whose role is not named.
 */
export async function seated(locals: App.Locals, slug: string, ...roles: Role[]): Promise<Seated> {
  const forum = await locals.services.forums.bySlug(slug);
  const mine = forum && (await locals.seatIn(forum.id));
  if (!mine) error(404);
  if (roles.length > 0 && !roles.includes(mine.seat.role)) error(403);
  return { forum, ...mine };
}

/** What the read table answers without knowing where people sit. */
type PlainThing = Exclude<Thing, { kind: 'board' | 'name' }>;

/** The same for a page or file that shows one thing: 403 for seats that the read table does not give it to. */
export async function reading(locals: App.Locals, slug: string, thing: PlainThing): Promise<Seated> {
  const found = await seated(locals, slug);
  if (!mayRead(found, thing)) error(403);
  return found;
}

export const mayRead = ({ seat }: Seated, thing: PlainThing): boolean =>
  reads({ kind: 'seat', seatId: seat.id, role: seat.role, rooms: [] }, thing);
