import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const rules = [...read('src/domain/SPEC.md').matchAll(/^- \*\*([A-Z]\d+)\*\* /gm)].map(([, rule]) => rule ?? '');

test('a rule has one number, and a number one rule', () => {
  expect(rules.length).toBeGreaterThan(100);
  expect(rules.filter((rule, index) => rules.indexOf(rule) !== index)).toEqual([]);
});

test('every rule that a test cites is in the SPEC', () => {
  const files = globSync('{src,server,tests}/**/*.{test,spec}.ts', { cwd: root });
  const cited = files.flatMap((file) =>
    [...read(file).matchAll(/['"`]\[([A-Z]\d+)\] /g)].map(([, rule]) => ({ file, rule: rule ?? '' })),
  );
  expect(cited.length).toBeGreaterThan(100);
  expect(cited.filter(({ rule }) => !rules.includes(rule))).toEqual([]);
});
