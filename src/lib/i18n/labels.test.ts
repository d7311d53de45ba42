import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
/** A control with a name of its own beside the words that are seen on it. */
const NAMED = /aria-label=\{t\('(\w+)\.(\w+)'[^)]*\)\}\s*>\s*\{t\('(\w+)\.(\w+)'/g;

const message = (locale: string, file: string, key: string) =>
  (
    JSON.parse(readFileSync(join(import.meta.dirname, `messages/${locale}/${file}.json`), 'utf8')) as Record<
      string,
      string
    >
  )[key] ?? '';

test('[B104] whoever speaks to the device finds in a control’s name the words that are seen on it', () => {
  const pairs = globSync('src/**/*.svelte', { cwd: ROOT }).flatMap((file) =>
    [...readFileSync(join(ROOT, file), 'utf8').matchAll(NAMED)].map((found) => [file, ...found.slice(1)]),
  );
  expect(pairs.length).toBeGreaterThan(5);
  const wrong = pairs.flatMap(([file = '', nameFile = '', nameKey = '', seenFile = '', seenKey = '']) =>
    ['en', 'ru'].flatMap((locale) => {
      const [name, seen] = [message(locale, nameFile, nameKey), message(locale, seenFile, seenKey)];
      return name.toLowerCase().includes(seen.toLowerCase())
        ? []
        : [`${file} ${locale}: “${seen}” is called “${name}”`];
    }),
  );
  expect(wrong).toEqual([]);
});
