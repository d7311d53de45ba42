import { fail } from '@sveltejs/kit';
import { ROLES, type Person, type Role, type Seat } from '#domain/forum/seat.ts';
import type { SeatId } from '#domain/ids.ts';
import type { Refusal, Result } from '#domain/refusal.ts';
import { mastheadOf } from '#lib/forum/masthead.ts';
import { seated } from '#lib/forum/seated.server.ts';
import type { PersonRow } from '#lib/people/delegations.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { forum, seat, person } = await seated(locals, params.slug);
  // Names of others are for those who run the forum; everybody else has their own line.
  const runs = seat.role === 'organizer' || seat.role === 'facilitator';
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
  invite: async ({ locals, params, request, url }) => {
    const { forum, seat } = await seated(locals, params.slug, 'organizer');
    const role = (await request.formData()).get('role');
    if (!isRole(role)) return fail(400, { refusal: { kind: 'fieldMissing', field: 'role' } satisfies Refusal });
    const token = await locals.services.seats.invite(forum.id, role, seat.id);
    return { invited: { role, url: `${locals.services.guestOrigin(url.origin)}/invite/${token}` } };
  },

  role: async ({ locals, params, request }) => {
    const form = await request.formData();
    const role = form.get('role');
    return onSeat(locals, params.slug, form, (seat) =>
      isRole(role) ? locals.services.seats.setRole(seat, role) : Promise.resolve({ ok: false, refusal: UNKNOWN }),
    );
  },

  remove: async ({ locals, params, request }) =>
    onSeat(locals, params.slug, await request.formData(), (seat) => locals.services.seats.remove(seat)),
};

/** Only seats of this forum: an organizer of one forum has no say in another. */
async function onSeat(
  locals: App.Locals,
  slug: string,
  form: FormData,
  change: (seat: SeatId) => Promise<Result<unknown>>,
) {
  const { forum, seat: own } = await seated(locals, slug, 'organizer');
  const id = form.get('seat');
  const known = (await locals.services.seats.people(forum.id)).find(({ seat }) => seat.id === id);
  if (!known || known.seat.id === own.id) return fail(404, { refusal: UNKNOWN });
  const changed = await change(known.seat.id);
  return changed.ok ? { changed: true } : fail(409, { refusal: changed.refusal });
}
