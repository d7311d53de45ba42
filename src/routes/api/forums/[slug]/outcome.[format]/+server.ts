import { error } from '@sveltejs/kit';
import { seated } from '#lib/forum/seated.server.ts';
import { attachment } from '#lib/outcome/attachment.ts';
import { isExportFormat } from '#lib/outcome/formats.ts';
import type { RequestHandler } from './$types';

/** The outcome as it stands now. For those who run the forum. */
export const GET: RequestHandler = async ({ locals, params }) => {
  if (!isExportFormat(params.format)) error(404);
  const { forum } = await seated(locals, params.slug, 'organizer', 'facilitator');
  const { bytes, mime, filename } = await locals.services.outcomes.export(forum, params.format);
  return new Response(Uint8Array.from(bytes), { headers: attachment(mime, filename) });
};
