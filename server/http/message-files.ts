import { existsSync, readFileSync } from 'node:fs';
import type { BuiltChunk } from '../vite/chunks.ts';

const MESSAGES = 'virtual:messages/';

/**
 * Addresses of the messages of each locale and set of pages. A page imports them once its script runs; told in the page itself, they
 * come along with that script and not a round trip later. Empty for a build that does not list its files.
 */
export function messageFiles(weight: string): ReadonlyMap<string, readonly string[]> {
  if (!existsSync(weight)) return new Map();
  const built = JSON.parse(readFileSync(weight, 'utf8')) as readonly BuiltChunk[];
  const byFile = new Map(built.map((chunk) => [chunk.file, chunk]));
  return new Map(
    built.flatMap(({ file, entry }) =>
      entry?.startsWith(MESSAGES) ? [[entry.slice(MESSAGES.length), reached(file, byFile)] as const] : [],
    ),
  );
}

function reached(file: string, byFile: ReadonlyMap<string, BuiltChunk>): string[] {
  const files = new Set([file]);
  for (const each of files) for (const imported of byFile.get(each)?.imports ?? []) files.add(imported);
  return [...files].map((each) => `/${each}`);
}
