import { json } from '@sveltejs/kit';
import { reading, seated } from '#lib/forum/seated.server.ts';
import { foreign, refuse, seqOf } from '../asked.ts';
import type { RequestHandler } from './$types';

/** One version as an update for an empty document. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const { forum, seat } = await reading(locals, params.slug, { kind: 'versions' });
  const actor = { seatId: seat.id, role: seat.role };
  const state = await locals.services.history.read(forum, params.board, seqOf(params.seq), actor);
  if (!state.ok) return refuse(state.refusal);
  return new Response(Uint8Array.from(state.value), {
    headers: { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' },
  });
};

/** Makes the board equal to the version again; `undo`: takes back the restore that came after it. */
export const POST: RequestHandler = async ({ locals, params, request, url }) => {
  const refusal = foreign(request, url);
  if (refusal) return refuse(refusal);
  const { forum, seat } = await seated(locals, params.slug, 'organizer', 'facilitator');
  const actor = { seatId: seat.id, role: seat.role };
  const how = url.searchParams.has('undo') ? 'undo' : 'equal';
  const restored = await locals.services.history.restore(forum, params.board, seqOf(params.seq), actor, how);
  return restored.ok ? json(restored.value) : refuse(restored.refusal);
};

/** Lets go of a version that was kept; it stays as long as others do. */
export const DELETE: RequestHandler = async ({ locals, params, request, url }) => {
  const refusal = foreign(request, url);
  if (refusal) return refuse(refusal);
  const { forum, seat } = await seated(locals, params.slug, 'organizer', 'facilitator');
  const actor = { seatId: seat.id, role: seat.role };
  const left = await locals.services.history.letGo(forum, params.board, seqOf(params.seq), actor);
  return left.ok ? json(left.value) : refuse(left.refusal);
};
