import { json } from '@sveltejs/kit';
import * as v from 'valibot';
import { LIMITS } from '#domain/limits.ts';
import { reading, seated } from '#lib/forum/seated.server.ts';
import { KeepState } from '#protocol/versions-schema.ts';
import { readJson } from '../../../../../../read-body.ts';
import { foreign, refuse } from './asked.ts';
import type { RequestHandler } from './$types';

/** The versions of a room's or a group's board, newest first. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const { forum, seat } = await reading(locals, params.slug, { kind: 'versions' });
  const list = await locals.services.history.list(forum, params.board, { seatId: seat.id, role: seat.role });
  if (!list.ok) return refuse(list.refusal);
  return json(list.value, { headers: { 'cache-control': 'no-store' } });
};

/** Keeps the board as it is now, or an earlier version of it, for good. */
export const POST: RequestHandler = async (event) => {
  const { locals, params, request, url } = event;
  const refusal = foreign(request, url);
  if (refusal) return refuse(refusal);
  const { forum, seat } = await seated(locals, params.slug, 'organizer', 'facilitator');
  const body = await readJson(event);
  if (!body.ok) return refuse(body.refusal);
  const wanted = v.safeParse(KeepState, body.value);
  if (!wanted.success) {
    const reason = `must be text of at most ${LIMITS.nameOfVersion.most} characters`;
    return refuse({ kind: 'fieldInvalid', field: 'name', reason });
  }
  const actor = { seatId: seat.id, role: seat.role };
  const kept = await locals.services.history.keep(forum, params.board, wanted.output, actor);
  return kept.ok ? json(kept.value) : refuse(kept.refusal);
};
