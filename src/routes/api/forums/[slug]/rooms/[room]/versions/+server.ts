import { json } from '@sveltejs/kit';
import { statusOf } from '#protocol/refusal-status.ts';
import { reading } from '#lib/forum/seated.server.ts';
import type { RequestHandler } from './$types';

/** The versions of a room's board, newest first. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const { forum, seat } = await reading(locals, params.slug, { kind: 'versions' });
  const list = await locals.services.history.list(forum, params.room, { seatId: seat.id, role: seat.role });
  if (!list.ok) return json({ refusal: list.refusal }, { status: statusOf(list.refusal) });
  return json(list.value, { headers: { 'cache-control': 'no-store' } });
};
