import { error } from '@sveltejs/kit';
import { mayRead, seated } from '#lib/forum/seated.server.ts';
import { attachment } from '#lib/outcome/attachment.ts';
import { isExportFormat } from '#lib/outcome/formats.ts';
import type { RequestHandler } from './$types';

/** The outcome as it stands now, for whoever may read it as a page. */
export const GET: RequestHandler = async ({ locals, params }) => {
  if (!isExportFormat(params.format)) error(404);
  const found = await seated(locals, params.slug);
  const { forum } = found;
  if (!mayRead(found, { kind: 'outcome', isOpen: forum.outcome.isOpen === true })) error(403);
  const { bytes, mime, filename } = await locals.services.outcomes.export(forum, params.format);
  return new Response(Uint8Array.from(bytes), { headers: attachment(mime, filename) });
};
