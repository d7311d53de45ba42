import { json } from '@sveltejs/kit';
import type { Refusal } from '#domain/refusal.ts';
import { parseJoin } from '#protocol/join-schema.ts';
import { statusOf } from '#protocol/refusal-status.ts';
import { keepMark, keepSeat } from '../../keep-cookies.ts';
import { readJson } from '../../read-body.ts';
import type { RequestHandler } from './$types';

const refuse = (refusal: Refusal) => json({ refusal }, { status: statusOf(refusal) });

/** A seat for a program: the same as the join page, as JSON in and out. */
export const POST: RequestHandler = async (event) => {
  const { request, url, locals, cookies, getClientAddress } = event;
  const origin = request.headers.get('origin');
  if (origin !== null && origin !== url.origin) return refuse({ kind: 'notAllowed' });
  const body = await readJson(event);
  if (!body.ok) return refuse(body.refusal);
  const form = parseJoin(body.value);
  if (!form.ok) return refuse(form.refusal);
  const cookie = request.headers.get('cookie') ?? undefined;
  const joined = await locals.services.seats.join(form.value, {
    address: getClientAddress(),
    cookie,
    userAgent: request.headers.get('user-agent'),
  });
  if (!joined.ok) return refuse(joined.refusal);
  const { forum, token, mark } = joined.value;
  if (token) keepSeat(cookies, locals.services, forum.id, token);
  keepMark(cookies, locals.services, mark);
  // The same request, sent again, gets the seat once somebody has let them in.
  if (joined.value.kind === 'waiting') {
    return json({ forumId: forum.id, waiting: { before: joined.value.before } }, { status: 202 });
  }
  const { seat, roomId, document } = joined.value;
  return json({ seatId: seat.id, forumId: forum.id, roomId, document });
};
