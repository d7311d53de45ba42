import { json } from '@sveltejs/kit';
import type { Refusal } from '#domain/refusal.ts';
import { parseJoin } from '#protocol/join-schema.ts';
import { statusOf } from '#protocol/refusal-status.ts';
import { keepSeat } from '../../keep-cookies.ts';
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
  const joined = await locals.services.seats.join(form.value, { address: getClientAddress(), cookie });
  if (!joined.ok) return refuse(joined.refusal);
  const { seat, forum, roomId, document, token } = joined.value;
  if (token) keepSeat(cookies, locals.services, forum.id, token);
  return json({ seatId: seat.id, forumId: forum.id, roomId, document });
};
