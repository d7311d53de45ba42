import { expect, test } from 'vitest';
import { Random } from './random.ts';
import { VOICES } from './sentences.ts';
import { Ideas } from './table.ts';

test('in each language there is always something to write, and nothing twice before all of it was said', () => {
  for (const [language, { ideas, phrases }] of Object.entries(VOICES)) {
    const plain = Object.values(ideas).flat();
    const there = plain.length * (1 + phrases.length);
    const all = new Ideas(new Random(3));
    const taken = Array.from({ length: there + 5 }, () => all.take(language)?.text);
    expect(taken.slice(0, plain.length).sort()).toEqual([...plain].sort());
    expect(new Set(taken.slice(0, there)).size).toBe(there);
    expect(taken.slice(there)).toEqual(taken.slice(0, 5));
  }
  expect(new Ideas(new Random(3)).take('de')).toBeNull();
});
