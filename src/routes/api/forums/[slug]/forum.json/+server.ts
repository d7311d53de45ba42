import { attachment } from '#lib/outcome/attachment.ts';
import { reading } from '#lib/forum/seated.server.ts';
import type { RequestHandler } from './$types';

/** The forum as `forum create` and the import form read it: without its code, its version and its people. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const { forum } = await reading(locals, params.slug, { kind: 'settings' });
  const { id: _id, slug: _slug, version: _version, joinCode: _code, joinCodeExpiresAt: _end, ...rest } = forum;
  const { rehearsal: _rehearsal, ...settings } = rest;
  const { isOpen: _isOpen, ...outcome } = settings.outcome;
  const details = { ...settings, outcome };
  // Ids of workshops and rooms are unique everywhere: a copy gets its own.
  const agenda = details.agenda.map((item) => {
    const { id: _item, ...rest } = item;
    return rest.kind === 'workshop' ? { ...rest, rooms: rest.rooms.map(({ name }) => ({ name })) } : rest;
  });
  return new Response(`${JSON.stringify({ ...details, agenda }, null, 2)}\n`, {
    headers: attachment('application/json', `${forum.slug}.json`),
  });
};
