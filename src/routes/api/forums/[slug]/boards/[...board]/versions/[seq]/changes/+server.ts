import { json } from '@sveltejs/kit';
import { reading } from '#lib/forum/seated.server.ts';
import { refuse, seqOf } from '../../asked.ts';
import type { RequestHandler } from './$types';

/** What changed up to this version: since the one before it, or since the version `from` (0 is the empty board). */
export const GET: RequestHandler = async ({ locals, params, url }) => {
  const { forum, seat } = await reading(locals, params.slug, { kind: 'versions' });
  const from = url.searchParams.get('from');
  if (from !== null && from !== '0' && seqOf(from) === 0) return refuse({ kind: 'versionUnknown' });
  const compared = await locals.services.history.compare(
    forum,
    params.board,
    { from: from === null ? null : seqOf(from), to: seqOf(params.seq) },
    { seatId: seat.id, role: seat.role },
  );
  if (!compared.ok) return refuse(compared.refusal);
  return json(compared.value, { headers: { 'cache-control': 'no-store' } });
};
