import { error, json } from '@sveltejs/kit';
import type { Refusal } from '#domain/refusal.ts';
import type { WorkshopId } from '#domain/ids.ts';
import { parseMixAsk } from '#protocol/mix-schema.ts';
import { statusOf } from '#protocol/refusal-status.ts';
import { reading } from '#lib/forum/seated.server.ts';
import type { RequestHandler } from './$types';

const refuse = (refusal: Refusal) => json({ refusal }, { status: statusOf(refusal) });

/** How people would sit, before anybody moves. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
  const { forum, seat } = await reading(locals, params.slug, { kind: 'controlRoom' });
  if (!forum.agenda.some((item) => item.id === params.id && item.kind === 'workshop')) error(404);
  const ask = parseMixAsk(url.searchParams);
  if (!ask) return refuse({ kind: 'fieldInvalid', field: 'way', reason: 'is no way to mix rooms' });
  const actor = { seatId: seat.id, role: seat.role };
  const preview = await locals.services.mixing.preview(params.id as WorkshopId, actor, ask);
  if (!preview.ok) return refuse(preview.refusal);
  return json(preview.value, { headers: { 'cache-control': 'no-store' } });
};
