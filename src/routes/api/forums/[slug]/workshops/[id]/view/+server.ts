import { error } from '@sveltejs/kit';
import type { WorkshopId } from '#domain/ids.ts';
import { seated } from '#lib/forum/seated.server.ts';
import type { RequestHandler } from './$types';

/** What the live channel shows of a workshop, for a page whose sockets are turned away: a refused handshake tells a browser nothing. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const { forum, seat } = await seated(locals, params.slug);
  const plan = forum.agenda.find((item) => item.id === params.id && item.kind === 'workshop');
  const view =
    plan && (await locals.services.workshops.view(plan.id as WorkshopId, { seatId: seat.id, role: seat.role }));
  if (!view) error(404);
  return Response.json({ view }, { headers: { 'cache-control': 'no-store' } });
};
