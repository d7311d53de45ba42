import { expect, test } from 'vitest';
import { shortLine } from './short-line.ts';

test.each([
  ['  Two\n wells ', 10, 'Two wells'],
  ['Two wells', 9, 'Two wells'],
  ['Two wells!', 9, 'Two wells…'],
  ['wells 💧💧', 8, 'wells 💧…'],
  ['wells 💧💧', 7, 'wells …'],
])('a line of %j within %i', (text, most, line) => expect(shortLine(text, most)).toBe(line));
