import { expect, test } from 'vitest';
import { unitsIn } from './units-in.ts';

/** Those of the text before that are found, and where the first of each stretch is. */
function found(before: string, after: string): string[] {
  const places = unitsIn(before, after);
  expect(places).toHaveLength(before.length);
  const stretches: { at: number; text: string }[] = [];
  for (const [unit, place] of places.entries()) {
    if (place < 0) continue;
    const last = stretches.at(-1);
    const isNext = unit > 0 && places[unit - 1]! >= 0 && last && last.at + last.text.length === place;
    if (isNext) last.text += before[unit]!;
    else stretches.push({ at: place, text: before[unit]! });
  }
  return stretches.map(({ at, text }) => `${at} ${text}`);
}

/** Few words and many letters. */
const LONG = Array.from({ length: 60 }, (_, index) => `${'water'.repeat(4)}${index}`).join(' ');

test.each([
  ['the same', 'one two', 'one two', ['0 one two']],
  ['nothing', 'one', '', []],
  ['within a word', 'abcdefgh', 'abXcdefgh', ['0 ab', '3 cdefgh']],
  ['signs of two units', 'a🌾b', 'Xa🌾b', ['1 a🌾b']],
  ['a sign of two units that is another', '🌾b', '🌿b', ['2 b']],
  ['a few letters by chance', '1234abc5678', 'qwerabctyui', []],
  ['as many as no chance has', '1234abcd5678', 'qwerabcdtyui', ['4 abcd']],
  ['a few that are left of more', 'one XaY two', 'one a two', ['0 one ', '4 a', '5  two']],
  ['a few that may be of much more', 'one 12345a67890 two', 'one a two', ['0 one ', '5  two']],
  ['a few beside others', 'one XaY two', 'one Zab two', ['0 one ', '7  two']],
  ['a few of nothing else', 'XaY', 'a', []],
  ['what cannot be seen', '1234    5678', 'qwer    tyui', []],
  ['too long for letters: word by word', `Xq ${LONG} q`, `Yz new ${LONG} zz`, [`7 ${LONG} `]],
])('[B71] of a text in another: %s', (_, before, after, expected) => {
  expect(found(before, after)).toEqual(expected);
});

test('[B71] of a text that was written on in, also a few between what was put in', () => {
  expect(unitsIn('one a two', 'one XaY two', 'grown')).toEqual([0, 1, 2, 3, 5, 7, 8, 9, 10]);
  expect(unitsIn('one a two', 'one XaY two')[4]).toBe(-1);
});

test('[B71] of a text that lacks what was on its way, also a few that are left of much', () => {
  expect(unitsIn('one 12345a67890 two', 'one a two', 'shrunk').indexOf(4)).toBe(9);
  expect(unitsIn('one 12345a67890 two', 'one a two').indexOf(4)).toBe(-1);
});
