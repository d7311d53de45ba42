import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { ROLES, type Person, type Role, type Seat } from '#domain/forum/seat.ts';
import { isCountry } from '#domain/forum/countries.ts';
import { formatJoinCode } from '#domain/forum/join-code.ts';
import type { ForumId, SeatId } from '#domain/ids.ts';
import { nearestCountry } from '#domain/languages/nearest-country.ts';
import { LIMITS } from '#domain/limits.ts';
import { accepted, refused, type Refusal, type Result } from '#domain/refusal.ts';
import { mastheadOf } from '#lib/forum/masthead.ts';
import { mayRead, seated } from '#lib/forum/seated.server.ts';
import { countryQuestion } from '#lib/join/country-question.server.ts';
import { nameQuestion } from '#lib/join/name-question.server.ts';
import { newId } from '#lib/new-id.ts';
import { byDeed } from '#lib/people/by-deed.ts';
import type { PersonRow } from '#lib/people/delegations.ts';
import { LATELY } from '#lib/people/lately.ts';
import { statusOf } from '#protocol/refusal-status.ts';
import { field } from '../../../field.ts';
import { leaveDevice } from '../../../keep-cookies.ts';
import { leavingHeaders } from '../../../leaving-headers.ts';
import { readForm } from '../../../read-body.ts';
import type { Door, SentAway } from '#server/forum/door.ts';
import type { SeatChange } from '#server/forum/seat-change.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, cookies, url }) => {
  const found = await seated(locals, params.slug);
  const { forum, seat, person } = found;
  // Names of others are for those who run the forum; everybody else has their own line.
  const runs = mayRead(found, { kind: 'people' });
  const { seats, newPasswords, cookies: jar } = locals.services;
  const people = runs ? await seats.people(forum.id) : [{ seat, person }];
  const door = runs ? await seats.door.of(forum.id) : null;
  const mayManage = seat.role === 'organizer';
  const token = cookies.get(jar.seat(forum.id)) ?? null;
  const wanted = mayManage ? people.find((one) => one.seat.id === url.searchParams.get('correct')) : undefined;
  const meant = wanted && nearestCountry(wanted.person.country ?? '');
  const vouched = await Promise.all(people.map((one) => newPasswords.mayVouch(seat, one.seat)));
  return {
    head: mastheadOf(forum, seat.role),
    me: rowOf({ seat, person }),
    language: person.language,
    asks: { countries: forum.countries, languages: forum.languages, joinForm: forum.joinForm },
    // An account's devices are on the account's page.
    devices: seat.accountId === null ? await seats.devices.ofSeat(seat.id, token) : null,
    people: people.map((one, index) => ({ ...rowOf(one), mayVouch: vouched[index] })),
    /** Whom an organizer corrects. */
    correcting: wanted
      ? {
          ...wanted.person,
          country: wanted.person.country ?? '',
          organisation: wanted.person.organisation ?? '',
          near: meant ? await countryQuestion(meant, locals.locale) : null,
        }
      : null,
    meant: mayManage ? countriesMeant(people.map(({ person }) => person.country)) : {},
    runs,
    mayManage,
    door: door && {
      count: door.count,
      first: door.first.map(({ person: { seatId, name, organisation }, at }) => ({ seatId, name, organisation, at })),
    },
    removed: mayManage
      ? byDeed(
          (await seats.removals.of(forum.id)).map(({ seat: { id }, person: { name }, ...removal }) => ({
            seatId: id,
            name,
            keptOut: removal.keptOut,
            sameAs: removal.sameAs,
            removedAt: removal.removedAt,
          })),
        )
      : [],
    silent: mayManage ? await silentLately(url.searchParams.get('lately'), (at) => seats.removals.silentSince(forum.id, at)) : null, // prettier-ignore
    form: newId(),
  };
};

/** Whom an organizer may take away at once; null: nobody asked. */
async function silentLately(asked: string | null, silentSince: (at: number) => Promise<SeatChange[]>) {
  if (asked === null) return null;
  const minutes = LATELY.find((each) => each === Number(asked)) ?? LATELY[0];
  const silent = await silentSince(Date.now() - minutes * 60_000);
  const people = silent.slice(0, LIMITS.removedAtOnce.most).map(({ seat: { id, joinedAt }, person }) => ({
    seatId: id,
    name: person.name,
    organisation: person.organisation,
    joinedAt,
  }));
  return { minutes, people, more: silent.length - people.length };
}

/** More are offered when these are corrected: a hall may have written a thousand. */
const MOST_OFFERED = 50;

/** What is no country, as it was written, with the code of the one that was perhaps meant. */
function countriesMeant(written: readonly (string | null)[]): Record<string, string> {
  const unknown = [...new Set(written)].filter((words) => words !== null).filter((words) => !isCountry(words));
  return Object.fromEntries(
    unknown.slice(0, MOST_OFFERED).flatMap((words) => {
      const code = nearestCountry(words);
      return code ? [[words, code] as const] : [];
    }),
  );
}

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
    if (forum.rehearsal) return fail(403, { refusal: { kind: 'notAllowed' } satisfies Refusal });
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
      const removed = await event.locals.services.seats.removals.remove(seat, form.get('keepOut') === 'yes');
      return removed.ok ? accepted({ removed: seat }) : removed;
    }),

  join: (event) =>
    onSeat(event, (seat, form) =>
      event.locals.services.seats.removals.joinInto(seat, String(form.get('into')) as SeatId),
    ),

  letInAgain: (event) =>
    onForum(event, ['organizer'], async (forum, form) => {
      const { seats } = event.locals.services;
      const id = form.get('seat');
      const known = (await seats.removals.of(forum)).find(({ seat }) => seat.id === id);
      return known ? seats.removals.letInAgain(known.seat.id) : refused(UNKNOWN);
    }),

  /** As many as the page said were waiting: who came later was not seen by whoever pressed the button. */
  letIn: (event) =>
    onForum(event, RUNNERS, async (forum, form) => {
      const most = Math.min(Math.max(Number(form.get('most')) || 0, 0), LIMITS.waitingOfForum.most);
      return accepted(await event.locals.services.seats.door.letIn(forum, most));
    }),

  keepAllOut: (event) =>
    onForum(event, RUNNERS, async (forum, form) => {
      const most = Math.min(Math.max(Number(form.get('most')) || 0, 0), LIMITS.waitingOfForum.most);
      return accepted({ sentAway: await event.locals.services.seats.door.sendAway(forum, most) });
    }),

  removeMany: (event) =>
    onForum(event, ['organizer'], async (forum, form) => {
      const chosen = new Set(form.getAll('seat').map((id) => String(id) as SeatId));
      return accepted({ removedMany: await event.locals.services.seats.removals.removeMany(forum, chosen) });
    }),

  /** All that was done by one press: who waited waits again, and an organizer gives seats back. */
  takeBack: async (event) => {
    const { seats } = event.locals.services;
    const { seat } = await seated(event.locals, event.params.slug, ...RUNNERS);
    return onForum(event, RUNNERS, async (forum, form) => {
      const at = Number(form.get('at'));
      if (!Number.isSafeInteger(at) || at <= 0) return refused(UNKNOWN);
      const waiting = await seats.door.takeBack(forum, at);
      const given = seat.role === 'organizer' ? await seats.removals.takeBack(forum, at) : 0;
      return waiting + given > 0 ? accepted(null) : refused(UNKNOWN);
    });
  },

  newCode: async ({ locals, params }) => {
    const { forum } = await seated(locals, params.slug, 'organizer');
    const rotated = await locals.services.forums.rotateCode(forum.id, forum.version);
    return rotated.ok ? { newCode: formatJoinCode(rotated.value.joinCode) } : fail(409, { refusal: rotated.refusal });
  },

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
    const { forum, seat, person } = await seated(locals, params.slug);
    const form = await readForm(event);
    if (!form.ok) return fail(statusOf(form.refusal), { refusal: form.refusal });
    const typed = typedPerson(form.value);
    // Once, as at the door.
    if (
      field(form.value, 'nameAsked') !== typed.name &&
      (await locals.services.seats.asksForName(forum.id, typed.name, { seat, person }))
    ) {
      return fail(422, { namesake: await nameQuestion(typed.name, locals.locale), typed });
    }
    const corrected = await locals.services.seats.correct(seat, typed);
    if (!corrected.ok) return fail(statusOf(corrected.refusal), { refusal: corrected.refusal, typed });
    return { corrected: true };
  },

  /** Anybody's, by an organizer: who misspelt them may have gone home. */
  correctOne: async (event) => {
    const { locals, params } = event;
    const { forum } = await seated(locals, params.slug, 'organizer');
    const form = await readForm(event);
    if (!form.ok) return fail(statusOf(form.refusal), { refusal: form.refusal });
    const { seats } = locals.services;
    const id = form.value.get('seat');
    const known = (await seats.people(forum.id)).find(({ seat }) => seat.id === id);
    if (!known) return fail(404, { refusal: UNKNOWN });
    const written = typedPerson(form.value);
    const corrected = await seats.correct(known.seat, {
      ...written,
      country: field(form.value, 'countryMeant') || written.country,
    });
    if (!corrected.ok) return fail(statusOf(corrected.refusal), { refusal: corrected.refusal, written });
    redirect(303, `/forums/${forum.slug}/people`);
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

const typedPerson = (form: FormData) => ({
  name: field(form, 'name'),
  // Words count before a tap, as at the door.
  country: field(form, 'country').trim() || field(form, 'nearCountry'),
  organisation: field(form, 'organisation'),
  language: field(form, 'language'),
});

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

/** What was done to many, and when: by that it is taken back. */
interface ManyChanged {
  readonly sentAway?: SentAway;
  readonly removedMany?: SentAway;
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
  return changed.ok
    ? { changed: true, ...(changed.value as ManyChanged | null) }
    : fail(statusOf(changed.refusal), { refusal: changed.refusal });
}

const onWaiting = (
  event: RequestEvent<{ slug: string }>,
  open: (door: Door, forum: ForumId, seat: SeatId) => Promise<boolean>,
) =>
  onForum(event, RUNNERS, async (forum, form) => {
    const isDone = await open(event.locals.services.seats.door, forum, String(form.get('seat')) as SeatId);
    return isDone ? accepted(null) : refused(UNKNOWN);
  });
