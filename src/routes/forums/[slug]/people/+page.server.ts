import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { ROLES, type Person, type Role, type Seat } from '#domain/forum/seat.ts';
import type { ForumId, SeatId } from '#domain/ids.ts';
import { LIMITS } from '#domain/limits.ts';
import { accepted, refused, type Refusal, type Result } from '#domain/refusal.ts';
import { mastheadOf } from '#lib/forum/masthead.ts';
import { mayRead, seated } from '#lib/forum/seated.server.ts';
import { newId } from '#lib/new-id.ts';
import type { PersonRow } from '#lib/people/delegations.ts';
import { statusOf } from '#protocol/refusal-status.ts';
import { field } from '../../../field.ts';
import { leaveDevice } from '../../../keep-cookies.ts';
import { leavingHeaders } from '../../../leaving-headers.ts';
import { readForm } from '../../../read-body.ts';
import type { Door } from '#server/forum/door.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, cookies }) => {
  const found = await seated(locals, params.slug);
  const { forum, seat, person } = found;
  // Names of others are for those who run the forum; everybody else has their own line.
  const runs = mayRead(found, { kind: 'people' });
  const { seats, newPasswords, cookies: jar } = locals.services;
  const people = runs ? await seats.people(forum.id) : [{ seat, person }];
  const door = runs ? await seats.door.of(forum.id) : null;
  const mayManage = seat.role === 'organizer';
  const token = cookies.get(jar.seat(forum.id)) ?? null;
  const vouched = await Promise.all(people.map((one) => newPasswords.mayVouch(seat, one.seat)));
  return {
    head: mastheadOf(forum, seat.role),
    me: rowOf({ seat, person }),
    language: person.language,
    asks: { countries: forum.countries, languages: forum.languages, joinForm: forum.joinForm },
    // An account's devices are on the account's page.
    devices: seat.accountId === null ? await seats.devices.ofSeat(seat.id, token) : null,
    people: people.map((one, index) => ({ ...rowOf(one), mayVouch: vouched[index] })),
    runs,
    mayManage,
    door: door && {
      count: door.count,
      first: door.first.map(({ person: { seatId, name, organisation }, at }) => ({ seatId, name, organisation, at })),
    },
    removed: mayManage
      ? (await seats.removed(forum.id)).map(({ seat: { id }, person: { name }, keptOut, sameAs, removedAt }) => ({
          seatId: id,
          name,
          keptOut,
          sameAs,
          removedAt,
        }))
      : [],
    form: newId(),
  };
};

const rowOf = ({ seat, person }: { seat: Seat; person: Person }): PersonRow => ({
  seatId: seat.id,
  name: person.name,
  country: person.country,
  organisation: person.organisation,
  role: seat.role,
  joinedAt: seat.joinedAt,
  hasAccount: seat.accountId !== null,
});

const isRole = (value: unknown): value is Role => ROLES.includes(value as Role);
const UNKNOWN: Refusal = { kind: 'seatUnknown' };
const RUNNERS: readonly Role[] = ['organizer', 'facilitator'];

export const actions: Actions = {
  invite: async (event) => {
    const { locals, params, url } = event;
    const { forum, seat } = await seated(locals, params.slug, 'organizer');
    const form = await readForm(event);
    if (!form.ok) return fail(statusOf(form.refusal), { refusal: form.refusal });
    const role = form.value.get('role');
    if (!isRole(role)) return fail(400, { refusal: { kind: 'fieldMissing', field: 'role' } satisfies Refusal });
    const token = await locals.services.seats.invite(forum.id, role, seat.id, field(form.value, 'form') || null);
    return { invited: { role, url: `${locals.services.guestOrigin(url.origin)}/invite/${token}` } };
  },

  role: (event) =>
    onSeat(event, (seat, form) => {
      const role = form.get('role');
      return isRole(role)
        ? event.locals.services.seats.setRole(seat, role)
        : Promise.resolve({ ok: false, refusal: UNKNOWN });
    }),

  remove: (event) =>
    onSeat(event, async (seat, form) => {
      const removed = await event.locals.services.seats.remove(seat, form.get('keepOut') === 'yes');
      return removed.ok ? accepted({ removed: seat }) : removed;
    }),

  join: (event) =>
    onSeat(event, (seat, form) => event.locals.services.seats.joinInto(seat, String(form.get('into')) as SeatId)),

  letInAgain: (event) =>
    onForum(event, ['organizer'], async (forum, form) => {
      const { seats } = event.locals.services;
      const id = form.get('seat');
      const known = (await seats.removed(forum)).find(({ seat }) => seat.id === id);
      return known ? seats.letInAgain(known.seat.id) : refused(UNKNOWN);
    }),

  /** As many as the page said were waiting: who came later was not seen by whoever pressed the button. */
  letIn: (event) =>
    onForum(event, RUNNERS, async (forum, form) => {
      const most = Math.min(Math.max(Number(form.get('most')) || 0, 0), LIMITS.waitingOfForum.most);
      return accepted(await event.locals.services.seats.door.letIn(forum, most));
    }),

  letInOne: (event) => onWaiting(event, (door, forum, seat) => door.letInOne(forum, seat)),

  keepOutOne: (event) => onWaiting(event, (door, forum, seat) => door.keepOut(forum, seat)),

  erase: (event) => onSeat(event, (seat) => event.locals.services.erasure.person(seat)),

  vouch: async (event) => {
    const { locals, params, url } = event;
    const { forum, seat: own } = await seated(locals, params.slug, 'organizer');
    const form = await readForm(event);
    if (!form.ok) return fail(statusOf(form.refusal), { refusal: form.refusal });
    const id = form.value.get('seat');
    const known = (await locals.services.seats.people(forum.id)).find(({ seat }) => seat.id === id);
    if (!known) return fail(404, { refusal: UNKNOWN });
    const token = await locals.services.newPasswords.vouch(own, known.seat);
    if (!token.ok) return fail(statusOf(token.refusal), { refusal: token.refusal });
    const link = `${locals.services.guestOrigin(url.origin)}/new-password/${token.value}`;
    return { vouched: { name: known.person.name, url: link } };
  },

  /** The own name, country, organisation and language. */
  correct: async (event) => {
    const { locals, params } = event;
    const { seat } = await seated(locals, params.slug);
    const form = await readForm(event);
    if (!form.ok) return fail(statusOf(form.refusal), { refusal: form.refusal });
    const typed = {
      name: field(form.value, 'name'),
      country: field(form.value, 'country').trim() || field(form.value, 'nearCountry'),
      organisation: field(form.value, 'organisation'),
      language: field(form.value, 'language'),
    };
    const corrected = await locals.services.seats.correct(seat, typed);
    if (!corrected.ok) return fail(statusOf(corrected.refusal), { refusal: corrected.refusal, typed });
    return { corrected: true };
  },

  /** One of the own devices. */
  endDevice: async (event) => {
    const { locals, params } = event;
    const { seat } = await seated(locals, params.slug);
    const form = await readForm(event);
    if (!form.ok) return fail(statusOf(form.refusal), { refusal: form.refusal });
    await locals.services.seats.devices.end(seat.id, field(form.value, 'device'));
    return { ended: true };
  },

  /** A guest's own wish; somebody with an account erases that. */
  eraseMe: async (event) => {
    const { locals, params } = event;
    const { seat } = await seated(locals, params.slug);
    if (seat.accountId !== null) return fail(403, { refusal: { kind: 'notAllowed' } satisfies Refusal });
    const erased = await locals.services.erasure.person(seat.id);
    if (!erased.ok) return fail(statusOf(erased.refusal), { refusal: erased.refusal });
    await leaveDevice(event);
    leavingHeaders(event);
    redirect(303, '/leave');
  },
};

/** Only seats of this forum: an organizer of one forum has no say in another. */
async function onSeat(
  event: RequestEvent<{ slug: string }>,
  change: (seat: SeatId, form: FormData) => Promise<Result<unknown>>,
) {
  const { locals, params } = event;
  const { forum, seat: own } = await seated(locals, params.slug, 'organizer');
  const form = await readForm(event);
  if (!form.ok) return fail(statusOf(form.refusal), { refusal: form.refusal });
  const id = form.value.get('seat');
  const known = (await locals.services.seats.people(forum.id)).find(({ seat }) => seat.id === id);
  if (!known || known.seat.id === own.id) return fail(404, { refusal: UNKNOWN });
  const changed = await change(known.seat.id, form.value);
  if (!changed.ok) return fail(409, { refusal: changed.refusal });
  const removed = (changed.value as { removed?: SeatId } | null)?.removed;
  return { changed: true, removed: removed ? { seatId: removed, name: known.person.name } : null };
}

async function onForum(
  event: RequestEvent<{ slug: string }>,
  roles: readonly Role[],
  change: (forum: ForumId, form: FormData) => Promise<Result<unknown>>,
) {
  const { forum } = await seated(event.locals, event.params.slug, ...roles);
  const form = await readForm(event);
  if (!form.ok) return fail(statusOf(form.refusal), { refusal: form.refusal });
  const changed = await change(forum.id, form.value);
  return changed.ok ? { changed: true } : fail(statusOf(changed.refusal), { refusal: changed.refusal });
}

const onWaiting = (
  event: RequestEvent<{ slug: string }>,
  open: (door: Door, forum: ForumId, seat: SeatId) => Promise<boolean>,
) =>
  onForum(event, RUNNERS, async (forum, form) => {
    const isDone = await open(event.locals.services.seats.door, forum, String(form.get('seat')) as SeatId);
    return isDone ? accepted(null) : refused(UNKNOWN);
  });
