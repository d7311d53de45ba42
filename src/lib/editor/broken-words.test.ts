import { expect, test } from 'vitest';
import { brokenWords } from './broken-words.ts';

test('[B17] a word without end may break every 250 signs, and nothing else is touched', () => {
  const honest = 'Establish a network of libraries by 2027,\n  as  soon as possible';
  expect(brokenWords(honest)).toEqual([honest]);
  expect(brokenWords('')).toEqual(['']);
  expect(brokenWords('x'.repeat(250))).toHaveLength(1);
  const endless = `before ${'🌸'.repeat(600)} after ${'W'.repeat(1_001)}`;
  const pieces = brokenWords(endless);
  expect(pieces.join('')).toBe(endless);
  expect(Math.max(...pieces.flatMap((piece) => piece.split(/\s/)).map((word) => [...word].length))).toBe(250);
  expect(brokenWords('W'.repeat(200_000))).toHaveLength(800);
});
