import { error, json } from '@sveltejs/kit';
import * as v from 'valibot';
import type { WorkshopId } from '#domain/ids.ts';
import type { Refusal } from '#domain/refusal.ts';
import { reading } from '#lib/forum/seated.server.ts';
import { step as stepSchema } from '#protocol/live/up-words.ts';
import { statusOf } from '#protocol/refusal-status.ts';
import type { RequestHandler } from './$types';

const refuse = (refusal: Refusal) => json({ refusal }, { status: statusOf(refusal) });

/** Who would work together in a step in pairs or groups, before it begins. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
  const { forum, seat } = await reading(locals, params.slug, { kind: 'controlRoom' });
  if (!forum.agenda.some((item) => item.id === params.id && item.kind === 'workshop')) error(404);
  const step = v.safeParse(stepSchema, url.searchParams.get('step'));
  if (!step.success) return refuse({ kind: 'stepUnknown' });
  const actor = { seatId: seat.id, role: seat.role };
  const foreseen = await locals.services.mixing.groups(params.id as WorkshopId, actor, step.output);
  if (!foreseen.ok) return refuse(foreseen.refusal);
  return json(foreseen.value, { headers: { 'cache-control': 'no-store' } });
};
