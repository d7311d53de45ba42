import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyChanges, changesOf, mergeText } from './merge-text.ts';

test.each([
  [
    'both mend a word',
    'clean water for vilages',
    'clean water for villages',
    'clear water for vilages',
    'clear water for villages',
  ],
  ['both mend one word', 'Recomendation', 'Recommendation', 'Recomendations', 'Recommendations'],
  ['both append', 'Water', 'Water and parks', 'Water in cities', 'Water in cities and parks'],
  ['mine at both ends, theirs in between', 'a b c', 'A b C', 'a B c', 'A B C'],
  ['nothing of mine', 'a b', 'a b', 'c', 'c'],
  ['both the same', 'a b', 'a c', 'a c', 'a c'],
  ['they took it away', 'one two', 'one two three', '', ' three'],
  ['both replaced it', 'North', 'South', 'East', 'South'],
  ['a character of two units', 'x 😀 y', 'x 😁 y', 'x 😀 z', 'x 😁 z'],
  ['from nothing', '', 'mine', 'theirs', 'theirsmine'],
])('[B34] %s: %j → %j onto %j is %j', (_, base, mine, now, merged) => {
  expect(mergeText(base, mine, now)).toBe(merged);
});

const words = fc.array(fc.constantFrom('вода', 'پانی', 'water', 'for', '😀', '😁x'), { maxLength: 12 });
const text = fc.oneof(
  words.map((all) => all.join(' ')),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

test('[B34] what changed is found whole, between any two texts', () => {
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(applyChanges(a, changesOf(a, b))).toBe(b);
    }),
  );
});

test('[B34] who is alone gets what was typed', () => {
  fc.assert(
    fc.property(text, text, (base, other) => {
      expect(mergeText(base, other, base)).toBe(other);
      expect(mergeText(base, base, other)).toBe(other);
    }),
  );
});

test('[B34] two edits at disjoint places both survive', () => {
  const piece = fc.stringMatching(/^[a-z]{3,6}$/);
  fc.assert(
    fc.property(fc.array(piece, { minLength: 6, maxLength: 14 }), fc.nat(), fc.nat(), (base, one, other) => {
      const [i, j] = [one % base.length, other % base.length];
      fc.pre(Math.abs(i - j) > 1);
      const mine = base.with(i, 'МОЁ').join(' ');
      const theirs = base.with(j, 'ИХ').join(' ');
      expect(mergeText(base.join(' '), mine, theirs)).toBe(base.with(i, 'МОЁ').with(j, 'ИХ').join(' '));
    }),
  );
});

test('[B34] any three texts merge into one without half a character', () => {
  fc.assert(
    fc.property(text, text, text, (base, mine, now) => {
      expect(mergeText(base, mine, now).isWellFormed()).toBe(true);
    }),
  );
});

test('[B34] long texts too', () => {
  const long = 'word '.repeat(50_000);
  expect(mergeText(long, `${long}mine`, `theirs ${long}`)).toBe(`theirs ${long}mine`);
  expect(mergeText(long, 'short', `x${long}y`)).toContain('short');
});
