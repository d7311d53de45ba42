import { mayRead, seated } from '#lib/forum/seated.server.ts';
import type { RequestHandler } from './$types';

/**
 * Another one when anything in the outcome changed: what an open page asks before it reads all of it again. Null as long as the outcome
 * is closed to who asks.
 */
export const GET: RequestHandler = async ({ locals, params }) => {
  const found = await seated(locals, params.slug);
  const { forum } = found;
  const isMine = mayRead(found, { kind: 'outcome', isOpen: forum.outcome.isOpen === true });
  const mark = isMine ? await locals.services.outcomes.mark(forum) : null;
  return Response.json({ mark }, { headers: { 'cache-control': 'no-store' } });
};
