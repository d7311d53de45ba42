import { existsSync, readFileSync } from 'node:fs';
import type { BuiltChunk } from '../vite/chunks.ts';

const MESSAGES = 'virtual:messages/';
const HEADER = 'src/lib/shell/PageHeader.svelte';

/**
 * Addresses of the messages of each locale and set of pages, with the header of those that have one. A page imports them once its script runs; told in the page itself, they
 * come along with that script and not a round trip later. Empty for a build that does not list its files.
 */
export function messageFiles(weight: string): ReadonlyMap<string, readonly string[]> {
  if (!existsSync(weight)) return new Map();
  const built = JSON.parse(readFileSync(weight, 'utf8')) as readonly BuiltChunk[];
  const byFile = new Map(built.map((chunk) => [chunk.file, chunk]));
  const header = built.find(({ modules }) => HEADER in modules)?.file;
  return new Map(
    built.flatMap(({ file, entry }) => {
      if (!entry?.startsWith(MESSAGES)) return [];
      const set = entry.slice(MESSAGES.length);
      const files = header === undefined || set.endsWith('/board') ? [file] : [file, header];
      return [[set, reached(files, byFile)] as const];
    }),
  );
}

function reached(from: readonly string[], byFile: ReadonlyMap<string, BuiltChunk>): string[] {
  const files = new Set(from);
  for (const each of files) for (const imported of byFile.get(each)?.imports ?? []) files.add(imported);
  return [...files].map((each) => `/${each}`);
}
