import { existsSync, readFileSync } from 'node:fs';
import type { BuiltChunk, Share } from '../vite/chunks.ts';

const MESSAGES = 'virtual:messages/';

/**
 * Addresses of the messages of each locale and set of pages, with the header and its styles where there is one. A page imports them once its script runs; told in the page
 * itself, they come along with that script and not a round trip later, and the header that the server wrote is not seen bare. Empty for a build that does not list its files.
 */
export function messageFiles(weight: string): ReadonlyMap<string, readonly string[]> {
  if (!existsSync(weight)) return new Map();
  const built = JSON.parse(readFileSync(weight, 'utf8')) as readonly BuiltChunk[];
  const byFile = new Map(built.map((chunk) => [chunk.file, chunk]));
  const header = shared('header', built);
  // Kit does not see that the server renders what guests' pages share, and what a board's browser fetches later
  const guest = shared('guest', built);
  const standing = shared('standing', built);
  return new Map(
    built.flatMap(({ file, entry }) => {
      if (!entry?.startsWith(MESSAGES)) return [];
      const set = entry.slice(MESSAGES.length);
      if (set.endsWith('/standing')) return [];
      const isBoard = set.endsWith('/board');
      const shares = isBoard ? [standing] : set.endsWith('/guest') ? [header, guest] : [header];
      const styles = shares.flatMap((share) => share?.styles ?? []);
      const files = isBoard || header === undefined ? [file] : [file, header.file];
      return [[set, [...styles.map((each) => `/${each}`), ...reached(files, byFile)]] as const];
    }),
  );
}

/** What begins a page or a set of messages may be called like a share; it has an entry. */
const shared = (share: Share, built: readonly BuiltChunk[]): BuiltChunk | undefined =>
  built.find(({ name, entry }) => name === share && entry === null);

function reached(from: readonly string[], byFile: ReadonlyMap<string, BuiltChunk>): string[] {
  const files = new Set(from);
  for (const each of files) for (const imported of byFile.get(each)?.imports ?? []) files.add(imported);
  return [...files].map((each) => `/${each}`);
}
