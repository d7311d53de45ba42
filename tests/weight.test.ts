import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { LOCALES } from '#lib/i18n/locales.ts';
import type { BuiltChunk } from '#server/vite/chunks.ts';

const BUILD = join(import.meta.dirname, '../build');
const WEIGHT = join(BUILD, 'weight.json');

/** Bytes of JavaScript, as gzip sends them, and files, until a page can be used. */
interface Budget {
  readonly page: string;
  readonly messages: string;
  /** Modules that it imports before it is ready. */
  readonly also: readonly string[];
  readonly bytes: number;
  readonly files: number;
}

const BUDGETS: readonly Budget[] = [
  {
    page: 'src/routes/join/[code]/+page.svelte',
    messages: 'guest',
    also: ['src/lib/shell/PageHeader.svelte'],
    bytes: 45_000,
    files: 10,
  },
  {
    page: 'src/routes/forums/[slug]/workshops/[id]/+page.svelte',
    messages: 'board',
    also: ['src/lib/sync/vigil.ts'],
    bytes: 90_000,
    files: 11,
  },
];

/** What each shared file may weigh: the first that is over is the one that broke a budget. */
const SHARES: Readonly<Record<string, number>> = {
  frame: 29_600,
  document: 20_800,
  board: 25_600,
  standing: 19_500,
  guest: 7_350,
  header: 2_500,
};

const FRAME = [
  'node_modules/@sveltejs/kit/src/runtime/client/entry.js',
  '.svelte-kit/generated/client-optimized/app.js',
  'src/routes/+layout.svelte',
];

const built = existsSync(WEIGHT) ? (JSON.parse(readFileSync(WEIGHT, 'utf8')) as readonly BuiltChunk[]) : [];
const byFile = new Map(built.map((chunk) => [chunk.file, chunk]));
const gzip = (file: string) => gzipSync(readFileSync(join(BUILD, 'client', file))).length;

test('[H28] the pages are built', () => expect(built.length, 'run `npm run build` first').toBeGreaterThan(20));

describe.each(BUDGETS)('[H28] $page', ({ page, messages, also, bytes, files }) => {
  test.each(Object.keys(LOCALES))(`in %s loads at most ${bytes} bytes in ${files} files`, (locale) => {
    const wanted = [...FRAME, page, `virtual:messages/${locale}/${messages}`, ...also];
    const loaded = closure(wanted);
    const sum = loaded.reduce((all, { size }) => all + size, 0);
    expect(sum <= bytes ? 'light enough' : heavy(sum, bytes, loaded)).toBe('light enough');
    expect(loaded.length, loaded.map(({ chunk }) => chunk.file).join(', ')).toBeLessThanOrEqual(files);
  });
});

test.each(Object.entries(SHARES))('[H28] what several pages share as “%s” weighs at most %i bytes', (share, bytes) => {
  const chunk = built.find(({ name, entry }) => name === share && entry === null);
  expect(chunk, `there is no file “${share}” any more`).toBeDefined();
  const size = gzip(chunk!.file);
  expect(size <= bytes ? 'light enough' : `${size} bytes: ${modulesOf(chunk!)}`).toBe('light enough');
});

interface Loaded {
  readonly chunk: BuiltChunk;
  readonly size: number;
}

function closure(wanted: readonly string[]): Loaded[] {
  const entries = wanted.map((name) => {
    const chunk = built.find(({ entry, page, modules }) => entry === name || page === name || name in modules);
    if (!chunk) throw new Error(`nothing was built for ${name}`);
    return chunk.file;
  });
  const files = new Set(entries);
  for (const file of files) for (const imported of byFile.get(file)?.imports ?? []) files.add(imported);
  return [...files].map((file) => ({ chunk: byFile.get(file)!, size: gzip(file) })).sort((a, b) => b.size - a.size);
}

/** Names the files, and in each what weighs most. */
function heavy(sum: number, most: number, loaded: readonly Loaded[]): string {
  const lines = loaded.map(({ chunk, size }) => {
    const share = SHARES[chunk.name];
    const over = share !== undefined && size > share ? ` (${size - share} MORE THAN ITS SHARE)` : '';
    return `${size} ${chunk.name}${over}: ${modulesOf(chunk)}`;
  });
  return [`${sum} bytes, ${sum - most} too many:`, ...lines].join('\n');
}

const modulesOf = ({ modules }: BuiltChunk): string =>
  Object.entries(modules)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 8)
    .map(([module, length]) => `${module} ${length}`)
    .join(', ');
