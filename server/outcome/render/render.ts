import type { OutcomeDocument } from '#domain/outcome/document.ts';
import type { ExportNote } from '#domain/outcome/export-note.ts';
import { mapTexts } from '#domain/outcome/texts.ts';
import { renderCsv } from './csv.ts';
import { renderDocx } from './docx.ts';
import { renderHtml } from './html.ts';
import { renderMarkdown } from './markdown.ts';
import { leaveOut } from './leave-out.ts';
import { Notes } from './notes.ts';
import { renderPdf } from './pdf.ts';
import { renderWordPress } from './wordpress.ts';

export const OUTCOME_FORMATS = ['pdf', 'docx', 'html', 'md', 'wordpress', 'json', 'csv'] as const;
export type OutcomeFormat = (typeof OUTCOME_FORMATS)[number];

export interface RenderedOutcome {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly mime: string;
  /** Without a dot in front. */
  readonly extension: string;
  /** What the file says otherwise than the document. */
  readonly notes: readonly ExportNote[];
}

type File = Omit<RenderedOutcome, 'notes'>;
type Renderer = (document: OutcomeDocument, notes: Notes) => Promise<File>;
export type Renderers = Readonly<Record<Exclude<OutcomeFormat, 'json'>, Renderer>>;

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

export const RENDERERS: Renderers = {
  pdf: async (document, notes) => ({
    bytes: await renderPdf(document, notes),
    mime: 'application/pdf',
    extension: 'pdf',
  }),
  docx: async (document) => ({ bytes: await renderDocx(document), mime: DOCX, extension: 'docx' }),
  html: async (document) => text(renderHtml(document), 'text/html; charset=utf-8', 'html'),
  md: async (document) => text(renderMarkdown(document), 'text/markdown; charset=utf-8', 'md'),
  wordpress: async (document) => text(json(renderWordPress(document)), 'application/json', 'wordpress.json'),
  csv: async (document) => text(renderCsv(document), 'text/csv; charset=utf-8', 'csv'),
};

/**
 * One document as a file. The same document gives the same words, numbers and order in every format, and the same bytes. A
 * text over which a renderer stumbles costs itself and not the file.
 */
export async function renderOutcome(
  document: OutcomeDocument,
  format: OutcomeFormat,
  renderers: Renderers = RENDERERS,
): Promise<RenderedOutcome> {
  if (format === 'json') return { ...text(json(document), 'application/json', 'json'), notes: [] };
  const notes = new Notes();
  const clean = mapTexts(document, (words, place) => notes.printable(words, place));
  const attempt = async (part: OutcomeDocument) => {
    const own = new Notes();
    const file = await renderers[format](part, own);
    return { file, own };
  };
  const whole = await attempt(clean).catch(() => null);
  const { value, places } = whole ? { value: whole, places: [] } : await leaveOut(clean, attempt);
  for (const place of places) notes.add({ kind: 'textLeftOut', place });
  return { ...value.file, notes: [...notes.list, ...value.own.list] };
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
const text = (content: string, mime: string, extension: string): File => ({
  bytes: new TextEncoder().encode(content),
  mime,
  extension,
});
