import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LIMITS, type Limit } from '#domain/limits.ts';

const README = join(import.meta.dirname, '../README.md');
const BEGIN = '<!-- limits: made from src/domain/limits.ts -->';
const END = '<!-- /limits -->';

function table(): string {
  const rows = Object.values<Limit>(LIMITS).map(
    ({ what, most, unit, why }) => `| ${what} | ${most.toLocaleString('en')} ${unit} | ${why} |`,
  );
  return ['| limit | most | why |', '| --- | --- | --- |', ...rows].join('\n');
}

/** `UPDATE_README=1` writes the table anew. */
test('README lists every limit with its reason', () => {
  const readme = readFileSync(README, 'utf8');
  const from = readme.indexOf(BEGIN) + BEGIN.length;
  const to = readme.indexOf(END);
  expect(to).toBeGreaterThan(from);
  if (process.env.UPDATE_README) writeFileSync(README, `${readme.slice(0, from)}\n\n${table()}\n\n${readme.slice(to)}`);
  else expect(readme.slice(from, to).trim()).toBe(table());
});
