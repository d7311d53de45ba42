import { error } from '@sveltejs/kit';
import type { Forum } from '#domain/forum/forum.ts';
import { rehearsedSlug } from '#domain/forum/rehearsal.ts';
import type { Person, Role, Seat } from '#domain/forum/seat.ts';
import { reads, type Thing } from '#domain/permissions/reads.ts';

export interface Seated {
  readonly forum: Forum;
  readonly seat: Seat;
  readonly person: Person;
}

/**
 * The forum and the visitor's seat in it. 404 without such a forum and for strangers, who are not told that it exists; 403 for seats
 * whose role is not named; 410 for a rehearsal that has ended.
 */
export async function seated(locals: App.Locals, slug: string, ...roles: Role[]): Promise<Seated> {
  const forum = await locals.services.forums.bySlug(slug);
  const mine = forum && (await locals.seatIn(forum.id));
  if (!mine) {
    await sayEnded(locals, slug);
    error(404);
  }
  if (roles.length > 0 && !roles.includes(mine.seat.role)) refuseSeat(forum, mine.seat);
  return { forum, ...mine };
}

/** 403, with the way back to where the seat is: a participant's to the board, where there is one workshop. */
function refuseSeat({ slug, title, language, agenda }: Forum, { role }: Seat): never {
  const [workshop, ...others] = agenda.flatMap((item) => (item.kind === 'workshop' ? [item.id] : []));
  const own = role === 'participant' && others.length === 0 ? (workshop ?? null) : null;
  error(403, { message: 'notForSeat', seated: { slug, title, language, workshop: own } });
}

/** The forum whose rehearsal had this address, once that is over; for its organizers, who alone rehearse. */
export async function rehearsedForum(locals: App.Locals, slug: string): Promise<Forum | null> {
  const { forums, rehearsals } = locals.services;
  const address = rehearsedSlug(slug);
  if (address === null) return null;
  const known = await forums.bySlug(slug);
  if (known && !rehearsals.isEnding(known.id)) return null;
  const forum = await forums.bySlug(address);
  const mine = forum && (await locals.seatIn(forum.id));
  return mine?.seat.role === 'organizer' ? forum : null;
}

/** Answers a page of a rehearsal that has ended, with the way to its forum. */
export async function sayEnded(locals: App.Locals, slug: string): Promise<void> {
  const forum = await rehearsedForum(locals, slug);
  if (!forum) return;
  const { slug: address, title, language } = forum;
  error(410, { message: 'rehearsalEnded', rehearsed: { slug: address, title, language } });
}

/** What the read table answers without knowing where people sit. */
type PlainThing = Exclude<Thing, { kind: 'board' | 'name' }>;

/** The same for a page or file that shows one thing: 403 for seats that the read table does not give it to. */
export async function reading(locals: App.Locals, slug: string, thing: PlainThing): Promise<Seated> {
  const found = await seated(locals, slug);
  if (!mayRead(found, thing)) refuseSeat(found.forum, found.seat);
  return found;
}

export const mayRead = ({ seat }: Seated, thing: PlainThing): boolean =>
  reads({ kind: 'seat', seatId: seat.id, role: seat.role, rooms: [] }, thing);
