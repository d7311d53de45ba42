import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Forum } from '#domain/forum/forum.ts';
import type { ExportNote } from '#domain/outcome/export-note.ts';
import { unreachable } from '#domain/unreachable.ts';
import { ConfigError } from '#server/config.ts';
import { ExportRefused } from '#server/outcome/making/exports.ts';
import { Documents } from '#server/documents/documents.ts';
import { fromStorage } from '#server/documents/from-storage.ts';
import { Outcomes } from '#server/outcome/outcomes.ts';
import type { OutcomeFormat } from '#server/outcome/render/render.ts';
import { openKeptStorage } from '#server/storage/open-storage.ts';
import { refusalLine } from '../refusal-line.ts';
import {
  note,
  onlyPositional,
  parseCommand,
  printJson,
  printLine,
  Refused,
  UsageError,
  type Command,
} from '../command.ts';

/** Named here, not taken from the renderers, which take long to load; the type keeps the list whole. */
const KNOWN: Record<OutcomeFormat, true> = {
  pdf: true,
  docx: true,
  html: true,
  md: true,
  wordpress: true,
  json: true,
  csv: true,
};
const FORMATS = Object.keys(KNOWN) as OutcomeFormat[];

export const outcomeExport: Command = {
  usage: `outcome export <forum-slug> [--format ${FORMATS.join(',')}] [--lang <language>] [--out <folder>] [--json]`,
  summary: 'Writes the outcome document as files into a folder (default: here), in all formats unless some are named.',

  async run(args, config) {
    const { values, positionals } = parseCommand(args, {
      format: { type: 'string', default: FORMATS.join(',') },
      lang: { type: 'string' },
      out: { type: 'string', default: '.' },
      json: { type: 'boolean' },
    });
    const slug = onlyPositional(positionals, '<forum-slug>');
    const formats = readFormats(values.format);
    const storage = await openKeptStorage(config);
    const documents = new Documents(fromStorage(storage.documents));
    const outcomes = new Outcomes(storage, documents);
    try {
      const forum = await storage.forums.bySlug(slug);
      if (!forum) throw new Refused({ kind: 'forumUnknown' });
      if (values.lang !== undefined && values.lang !== forum.language) {
        throw new ConfigError(`${slug} has its outcome in ${forum.language} only, not in “${values.lang}”`);
      }
      const report: ExportReport = { slug, files: [], notes: [], failed: [] };
      for (const format of formats) await exportOne(outcomes, forum, format, values.out, report, !values.json);
      if (values.json) printJson(report);
      return report.failed.length > 0 ? 1 : 0;
    } finally {
      outcomes.close();
      documents.close();
      await storage.close();
    }
  },
};

interface ExportReport {
  readonly slug: string;
  readonly files: string[];
  readonly notes: { readonly file: string; readonly notes: readonly ExportNote[] }[];
  readonly failed: { readonly format: OutcomeFormat; readonly problem: string }[];
}

/** A format that fails takes no other with it: why is said in one line, and the next is made. */
async function exportOne(
  outcomes: Outcomes,
  forum: Forum,
  format: OutcomeFormat,
  folder: string,
  report: ExportReport,
  talks: boolean,
): Promise<void> {
  try {
    const { bytes, filename, notes } = await outcomes.export(forum, format);
    const file = write(folder, filename, bytes);
    report.files.push(file);
    if (notes.length > 0) report.notes.push({ file, notes });
    if (talks) printLine(file);
    for (const entry of notes) note(`dastarkhan: ${filename}: ${noteLine(entry)}`);
  } catch (error) {
    if (!(error instanceof ExportRefused || error instanceof ConfigError)) throw error;
    const problem = error instanceof ExportRefused ? refusalLine(error.refusal) : error.message;
    report.failed.push({ format, problem });
    note(`dastarkhan: ${problem}`);
  }
}

function noteLine(entry: ExportNote): string {
  switch (entry.kind) {
    case 'signsReplaced':
      return `${entry.count} ${entry.count === 1 ? 'sign' : 'signs'} in ${entry.place} could not be printed: ${entry.signs.join(', ')}`;
    case 'textShortened':
      return `a text in ${entry.place} is longer than ${entry.most} signs and was cut`;
    case 'textLeftOut':
      return `a text in ${entry.place} could not be printed and was left out`;
    case 'tagsMissing':
      return 'it lacks the tags that screen readers need';
    default:
      return unreachable(entry);
  }
}

function readFormats(list: string): OutcomeFormat[] {
  const names = [...new Set(list.split(',').map((name) => name.trim()))];
  return names.map((name) => {
    const format = FORMATS.find((known) => known === name);
    if (!format) throw new UsageError(`there is no format “${name}”: choose from ${FORMATS.join(', ')}`);
    return format;
  });
}

function write(folder: string, filename: string, bytes: Uint8Array): string {
  const path = join(resolve(folder), filename);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, bytes);
  } catch (error) {
    throw new ConfigError(`${path} cannot be written: ${(error as Error).message}`);
  }
  return path;
}
