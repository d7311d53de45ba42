import { error, json } from '@sveltejs/kit';
import type { Refusal } from '#domain/refusal.ts';
import { mayRead, seated } from '#lib/forum/seated.server.ts';
import { attachment } from '#lib/outcome/attachment.ts';
import { NOTES_HEADER, writeNotes } from '#lib/outcome/export-notes.ts';
import { isExportFormat } from '#lib/outcome/formats.ts';
import { statusOf } from '#protocol/refusal-status.ts';
import type { RequestHandler } from './$types';

/** The outcome as it stands now, for whoever may read it as a page. */
export const GET: RequestHandler = async ({ locals, params }) => {
  if (!isExportFormat(params.format)) error(404);
  const found = await seated(locals, params.slug);
  const { forum } = found;
  if (!mayRead(found, { kind: 'outcome', isOpen: forum.outcome.isOpen === true })) error(403);
  try {
    const { bytes, mime, filename, notes } = await locals.services.outcomes.export(forum, params.format);
    return new Response(bytes, { headers: { ...attachment(mime, filename), [NOTES_HEADER]: writeNotes(notes) } });
  } catch (reason) {
    const refusal = refusalIn(reason);
    if (!refusal) throw reason;
    return json({ refusal }, { status: statusOf(refusal) });
  }
};

/** By its name: the server's own classes are not the pages' to import. */
const refusalIn = (reason: unknown): Refusal | null =>
  reason instanceof Error && reason.name === 'ExportRefused' && 'refusal' in reason
    ? (reason.refusal as Refusal)
    : null;
