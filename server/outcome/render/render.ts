import type { OutcomeDocument } from '#domain/outcome/document.ts';
import type { ExportNote } from '#domain/outcome/export-note.ts';
import { mapTexts } from '#domain/outcome/texts.ts';
import { unreachable } from '#domain/unreachable.ts';
import { renderCsv } from './csv.ts';
import { renderDocx } from './docx.ts';
import { renderHtml } from './html.ts';
import { renderMarkdown } from './markdown.ts';
import { Notes } from './notes.ts';
import { renderPdf } from './pdf.ts';
import { renderWordPress } from './wordpress.ts';

export const OUTCOME_FORMATS = ['pdf', 'docx', 'html', 'md', 'wordpress', 'json', 'csv'] as const;
export type OutcomeFormat = (typeof OUTCOME_FORMATS)[number];

export const isOutcomeFormat = (value: unknown): value is OutcomeFormat =>
  OUTCOME_FORMATS.includes(value as OutcomeFormat);

export interface RenderedOutcome {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly mime: string;
  /** Without a dot in front. */
  readonly extension: string;
  /** What the file says otherwise than the document. */
  readonly notes: readonly ExportNote[];
}

/** One document as a file. The same document gives the same words, numbers and order in every format, and the same bytes. */
export async function renderOutcome(document: OutcomeDocument, format: OutcomeFormat): Promise<RenderedOutcome> {
  if (format === 'json') return { ...text(json(document), 'application/json', 'json'), notes: [] };
  const notes = new Notes();
  const file = await fileOf(
    mapTexts(document, (words, place) => notes.printable(words, place)),
    format,
    notes,
  );
  return { ...file, notes: notes.list };
}

type File = Omit<RenderedOutcome, 'notes'>;

async function fileOf(document: OutcomeDocument, format: Exclude<OutcomeFormat, 'json'>, notes: Notes): Promise<File> {
  switch (format) {
    case 'pdf':
      return { bytes: await renderPdf(document, notes), mime: 'application/pdf', extension: 'pdf' };
    case 'docx':
      return { bytes: await renderDocx(document), mime: DOCX, extension: 'docx' };
    case 'html':
      return text(renderHtml(document), 'text/html; charset=utf-8', 'html');
    case 'md':
      return text(renderMarkdown(document), 'text/markdown; charset=utf-8', 'md');
    case 'wordpress':
      return text(json(renderWordPress(document)), 'application/json', 'wordpress.json');
    case 'csv':
      return text(renderCsv(document), 'text/csv; charset=utf-8', 'csv');
    default:
      return unreachable(format);
  }
}

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
const text = (content: string, mime: string, extension: string): File => ({
  bytes: new TextEncoder().encode(content),
  mime,
  extension,
});
