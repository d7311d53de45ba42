import { expect, test } from 'vitest';
import type { Block } from '#domain/languages/text.ts';
import { firstWords } from './first-words.ts';

const paragraph = (text: string): Block => ({ kind: 'paragraph', lang: 'en', runs: [{ text }] });

test('[B99] an item is called by its first words, cut between words', () => {
  expect(firstWords([paragraph('More teachers')])).toBe('More teachers');
  expect(firstWords([paragraph('More teachers of mathematics, for villages, by the autumn')], 30)).toBe(
    'More teachers of mathematics…',
  );
  expect(firstWords([paragraph('Больше учителей математики для сельских школ')], 20)).toBe('Больше учителей…');
});

test('[B99] lines and lists are one line, and a text without words is called nothing', () => {
  const list: Block = { kind: 'list', lang: 'en', items: [[{ text: 'one' }, { text: '!' }], [{ text: 'two' }]] };
  expect(firstWords([paragraph('  First '), paragraph('\n'), list])).toBe('First one! two');
  expect(firstWords([])).toBe('');
  expect(firstWords([paragraph(' \n ')])).toBe('');
});

test('[B99] a word without end is cut, and never within a letter', () => {
  expect(firstWords([paragraph('x'.repeat(250_000))])).toBe(`${'x'.repeat(60)}…`);
  const family = '👨‍👩‍👧‍👦';
  const called = firstWords([paragraph(family.repeat(40))], 10);
  expect(called.replaceAll(family, '')).toBe('…');
  expect(firstWords([paragraph('й'.repeat(50).normalize('NFD'))], 10)).toBe(`${'й'.normalize('NFD').repeat(5)}…`);
});
