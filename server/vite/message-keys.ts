import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AT_ONCE } from './at-once.ts';

const ALIASES: Readonly<Record<string, string>> = {
  '#lib/': 'src/lib/',
  '#domain/': 'src/domain/',
  '#protocol/': 'src/protocol/',
};
/** What is imported when it is used brings its messages along: see `pageText`. */
const IMPORT = /(?:\bfrom\s*|\bimport\s*)['"]([^'"]+)['"]/g;
/** Says nothing. */
const TYPES = /\bimport type [^;]*;/g;
const LITERAL = /['"`]([a-z]+\.[A-Za-z]\w*)['"`]/g;
/** The part before the first value: `board.step` of `board.step${kind}`. */
const TEMPLATE = /`([a-z]+\.\w*)\$\{/g;
/** Forty sentences, of which a page rarely says one. */
const SELDOM = new Set(['refusal.']);

/**
 * The messages that pages show at first: every key that stands in them or in what they import at once. Read as text, so that it is
 * known before anything is built; a key in a comment costs a few bytes.
 */
export function messageKeys(root: string, pages: readonly string[], known: readonly string[]): Set<string> {
  const keys = new Set<string>();
  for (const file of reached(root, pages)) {
    const source = readFileSync(join(root, file), 'utf8');
    for (const [, key = ''] of source.matchAll(LITERAL)) if (known.includes(key)) keys.add(key);
    for (const [, start = ''] of source.matchAll(TEMPLATE)) {
      for (const key of known) if (key.startsWith(start) && !SELDOM.has(start)) keys.add(key);
    }
  }
  return keys;
}

/** Files below the root that these import at once, however deep, and themselves. */
export function reached(root: string, files: readonly string[]): Set<string> {
  const found = new Set<string>();
  const waiting = [...files];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file) || !existsSync(join(root, file))) continue;
    found.add(file);
    for (const [, specifier = ''] of readFileSync(join(root, file), 'utf8').replaceAll(TYPES, '').matchAll(IMPORT)) {
      const target = targetOf(file, specifier);
      if (target && /\.(ts|svelte)$/.test(target) && !AT_ONCE.test(target)) waiting.push(target);
    }
  }
  return found;
}

function targetOf(file: string, specifier: string): string | null {
  if (specifier.startsWith('.')) return join(dirname(file), specifier);
  const alias = Object.keys(ALIASES).find((prefix) => specifier.startsWith(prefix));
  return alias ? ALIASES[alias] + specifier.slice(alias.length) : null;
}
