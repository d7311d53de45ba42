import { json } from '@sveltejs/kit';
import type { Refusal } from '#domain/refusal.ts';
import { statusOf } from '#protocol/refusal-status.ts';
import { reading, seated } from '#lib/forum/seated.server.ts';
import type { RequestHandler } from './$types';

const refuse = (refusal: Refusal) => json({ refusal }, { status: statusOf(refusal) });

/** One version as an update for an empty document. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const { forum, seat } = await reading(locals, params.slug, { kind: 'versions' });
  const actor = { seatId: seat.id, role: seat.role };
  const state = await locals.services.history.read(forum, params.room, seqOf(params.seq), actor);
  if (!state.ok) return refuse(state.refusal);
  return new Response(Uint8Array.from(state.value), {
    headers: { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' },
  });
};

/** Makes the board equal to the version again. */
export const POST: RequestHandler = async ({ locals, params, request, url }) => {
  const origin = request.headers.get('origin');
  if (origin !== null && origin !== url.origin) return refuse({ kind: 'notAllowed' });
  // a foreign page can send forms and text without asking, JSON it cannot
  const isJson = request.headers.get('content-type')?.split(';')[0]?.trim() === 'application/json';
  if (!isJson) return refuse({ kind: 'fieldInvalid', field: 'body', reason: 'must be JSON' });
  const { forum, seat } = await seated(locals, params.slug, 'organizer', 'facilitator');
  const actor = { seatId: seat.id, role: seat.role };
  const restored = await locals.services.history.restore(forum, params.room, seqOf(params.seq), actor);
  return restored.ok ? json(restored.value) : refuse(restored.refusal);
};

/** Zero, which no version has, for what is no number. */
const seqOf = (text: string): number => (/^[1-9]\d{0,14}$/.test(text) ? Number(text) : 0);
