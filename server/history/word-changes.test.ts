import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Piece } from '#protocol/versions-schema.ts';
import { wordChanges } from './word-changes.ts';

const without = (kind: Piece['kind'], pieces: readonly Piece[]) =>
  pieces
    .filter((piece) => piece.kind !== kind)
    .map(({ text }) => text)
    .join('');
const told = (pieces: readonly Piece[]) =>
  pieces.map(({ kind, text }) => ({ same: text, added: `{+${text}+}`, removed: `[-${text}-]` })[kind]).join('');

describe('what changed in a text', () => {
  test('[B135] gives the text before and the text after, whatever they are', () => {
    const words = fc.constantFrom(
      'вода',
      ' ',
      '\n',
      'สวัสดีครับ',
      'عنوان',
      '漢字かな',
      '👩‍👩‍👧',
      'e\u0301',
      '.',
      'a',
      '\ud800',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(words, { maxLength: 60 }).map((list) => list.join('')),
    );
    const lang = fc.constantFrom('en', 'ru', 'ur', 'th', 'ja', 'und', 'tg', 'uz-Cyrl', 'pa-Arab');
    fc.assert(
      fc.property(text, text, lang, (before, after, lang) => {
        const pieces = wordChanges(before, after, lang);
        expect(without('added', pieces)).toBe(before);
        expect(without('removed', pieces)).toBe(after);
        expect(pieces.every((piece) => piece.text !== '')).toBe(true);
        expect(pieces.some(({ kind }, index) => kind === pieces[index - 1]?.kind)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    [
      'en',
      'Train two teachers in schools',
      'Train four good teachers in schools',
      'Train [-two-]{+four good+} teachers in schools',
    ],
    ['en', 'A shared calendar.', 'A shared calendar!', 'A shared calendar[-.-]{+!+}'],
    ['ru', 'Перевести учебные материалы', 'Перевести все материалы', 'Перевести [-учебные-]{+все+} материалы'],
    ['ur', 'ہر ملک میں مرکز', 'ہر شہر میں مرکز', 'ہر [-ملک-]{+شہر+} میں مرکز'],
    ['ja', '学校で水を飲む', '学校で茶を飲む', '学校で[-水-]{+茶+}を飲む'],
    ['th', 'โรงเรียนดี', 'โรงเรียนใหม่', 'โรงเรียน[-ดี-]{+ใหม่+}'],
    ['und', 'Wells', 'Wells\nRoads', 'Wells{+\nRoads+}'],
    ['und', '', 'Wells', '{+Wells+}'],
    ['und', 'Wells', 'Wells', 'Wells'],
  ])('[B135] by whole words of its language: %s', (lang, before, after, expected) => {
    expect(told(wordChanges(before, after, lang))).toBe(expected);
  });

  test('[B137] where too much differs it is told whole', () => {
    const [before, after] = ['a', 'b'].map((word) => Array.from({ length: 1_500 }, (_, i) => word + i).join(' '));
    expect(wordChanges(before!, after!, 'en').map(({ kind }) => kind)).toEqual(['removed', 'added']);
    const long = 'water '.repeat(20_000);
    expect(wordChanges(long, `${long}!`, 'en').map(({ kind }) => kind)).toEqual(['removed', 'added']);
  });
});
