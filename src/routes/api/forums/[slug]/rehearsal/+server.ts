import { error } from '@sveltejs/kit';
import { seated } from '#lib/forum/seated.server.ts';
import type { RequestHandler } from './$types';

/** Whether a rehearsal's simulated people are there still. 410 once it has ended, 404 where people meet. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const { forum } = await seated(locals, params.slug);
  if (!forum.rehearsal) error(404);
  const hasPeople = locals.services.rehearsals.hasPeople(forum.id);
  return Response.json({ hasPeople }, { headers: { 'cache-control': 'no-store' } });
};
