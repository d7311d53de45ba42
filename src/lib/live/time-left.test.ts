import { expect, test } from 'vitest';
import { timeLeft } from './time-left.ts';

test.each([
  [3_725_000, 'running', '1:02:05'],
  [600_000, 'running', '10:00'],
  [60_001, 'running', '1:01'],
  [60_000, 'soon', '1:00'],
  [1, 'soon', '0:01'],
  [0, 'grace', '0:30'],
  [-29_999, 'grace', '0:01'],
  [-30_000, 'over', '0:00'],
])('[W9] with %d ms to the end of a step the clock is %s and shows %s', (left, phase, text) => {
  expect(timeLeft(1_000_000, 1_000_000 - left)).toMatchObject({ phase, text });
});

test('a step without a limit shows no time', () => {
  expect(timeLeft(null, 5)).toEqual({ phase: 'untimed', ms: 0, text: '' });
});
