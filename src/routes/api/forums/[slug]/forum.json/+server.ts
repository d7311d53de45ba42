import { attachment } from '#lib/outcome/attachment.ts';
import { seated } from '#lib/forum/seated.server.ts';
import type { RequestHandler } from './$types';

/** The forum as `forum create` and the import form read it: without its code, its version and its people. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const { forum } = await seated(locals, params.slug, 'organizer');
  const { id: _id, slug: _slug, version: _version, joinCode: _code, joinCodeExpiresAt: _end, ...details } = forum;
  // Ids of workshops and rooms are unique everywhere: a copy gets its own.
  const agenda = details.agenda.map((item) => {
    const { id: _item, ...rest } = item;
    return rest.kind === 'workshop' ? { ...rest, rooms: rest.rooms.map(({ name }) => ({ name })) } : rest;
  });
  return new Response(`${JSON.stringify({ ...details, agenda }, null, 2)}\n`, {
    headers: attachment('application/json', `${forum.slug}.json`),
  });
};
