import { seated } from '#lib/forum/seated.server.ts';
import type { RequestHandler } from './$types';

/** Another one when anything in the outcome changed: what an open page asks before it reads all of it again. For whoever may read the page. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const { forum } = await seated(locals, params.slug);
  return Response.json(
    { mark: await locals.services.outcomes.mark(forum) },
    { headers: { 'cache-control': 'no-store' } },
  );
};
