import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ConfigError } from '#server/config.ts';
import { Outcomes } from '#server/outcome/outcomes.ts';
import type { OutcomeFormat } from '#server/outcome/render/render.ts';
import { loadDocument } from '#server/storage/load-document.ts';
import { openStorage } from '#server/storage/open-storage.ts';
import { onlyPositional, parseCommand, printJson, printLine, Refused, UsageError, type Command } from '../command.ts';

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
    const storage = await openStorage(config);
    try {
      const forum = await storage.forums.bySlug(slug);
      if (!forum) throw new Refused({ kind: 'forumUnknown' });
      if (values.lang !== undefined && values.lang !== forum.language) {
        throw new ConfigError(`${slug} has its outcome in ${forum.language} only, not in “${values.lang}”`);
      }
      const outcomes = new Outcomes(storage, (name) => loadDocument(storage.documents, name));
      const files: string[] = [];
      for (const format of formats) {
        const { bytes, filename } = await outcomes.export(forum, format);
        files.push(write(values.out, filename, bytes));
        if (!values.json) printLine(files.at(-1)!);
      }
      if (values.json) printJson({ slug, files });
      return 0;
    } finally {
      await storage.close();
    }
  },
};

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
