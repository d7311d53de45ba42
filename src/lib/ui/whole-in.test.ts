import { expect, test } from 'vitest';
import { wholeIn } from './whole-in.ts';

test.each([
  ['15', 15],
  [' 15 ', 15],
  ['0', 1],
  ['-3', 1],
  ['601', 600],
  ['1e9', 600],
  ['2.4', 2],
  ['2,5', 3],
  ['0.2', 1],
  ['600.4', 600],
  ['', null],
  [' ', null],
  ['five', null],
])('of what stands in a field from 1 to 600, %j is %j', (text, value) =>
  expect(wholeIn(text, { least: 1, most: 600 })).toBe(value),
);
