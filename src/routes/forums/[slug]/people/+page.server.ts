import { fail, type RequestEvent } from '@sveltejs/kit';
import { ROLES, type Person, type Role, type Seat } from '#domain/forum/seat.ts';
import type { SeatId } from '#domain/ids.ts';
import type { Refusal, Result } from '#domain/refusal.ts';
import { mastheadOf } from '#lib/forum/masthead.ts';
import { mayRead, seated } from '#lib/forum/seated.server.ts';
import type { PersonRow } from '#lib/people/delegations.ts';
import { statusOf } from '#protocol/refusal-status.ts';
import { readForm } from '../../../read-body.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const found = await seated(locals, params.slug);
  const { forum, seat, person } = found;
  // Names of others are for those who run the forum; everybody else has their own line.
  const runs = mayRead(found, { kind: 'people' });
  const people = runs ? await locals.services.seats.people(forum.id) : [{ seat, person }];
  return {
    head: mastheadOf(forum, seat.role),
    me: rowOf({ seat, person }),
    people: people.map(rowOf),
    runs,
    mayManage: seat.role === 'organizer',
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

export const actions: Actions = {
  invite: async (event) => {
    const { locals, params, url } = event;
    const { forum, seat } = await seated(locals, params.slug, 'organizer');
    const form = await readForm(event);
    if (!form.ok) return fail(statusOf(form.refusal), { refusal: form.refusal });
    const role = form.value.get('role');
    if (!isRole(role)) return fail(400, { refusal: { kind: 'fieldMissing', field: 'role' } satisfies Refusal });
    const token = await locals.services.seats.invite(forum.id, role, seat.id);
    return { invited: { role, url: `${locals.services.guestOrigin(url.origin)}/invite/${token}` } };
  },

  role: (event) =>
    onSeat(event, (seat, form) => {
      const role = form.get('role');
      return isRole(role)
        ? event.locals.services.seats.setRole(seat, role)
        : Promise.resolve({ ok: false, refusal: UNKNOWN });
    }),

  remove: (event) => onSeat(event, (seat) => event.locals.services.seats.remove(seat)),
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
  return changed.ok ? { changed: true } : fail(409, { refusal: changed.refusal });
}
