import { expect, test } from 'vitest';
import { partPassed } from './part-passed.ts';
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
  expect(timeLeft({ endsAt: 1_000_000 }, 1_000_000 - left)).toMatchObject({ phase, text });
});

test('a step without a limit shows no time', () => {
  expect(timeLeft({ endsAt: null }, 5)).toEqual({ phase: 'untimed', ms: 0, text: '' });
});

test('[W64] a paused clock shows what is left, whatever the time', () => {
  const paused = { endsAt: null, left: 61_000 };
  expect(timeLeft(paused, 0)).toEqual({ phase: 'paused', ms: 61_000, text: '1:01' });
  expect(timeLeft(paused, 9e12)).toEqual(timeLeft(paused, 0));
});

test('[W102] before new rooms the clock runs until they are there, and no board closes', () => {
  for (const board of ['read', 'write'] as const) {
    const at = (now: number) => timeLeft({ endsAt: 30_000, roomsAt: 30_000, board }, now);
    expect([at(0), at(29_001), at(30_100)]).toMatchObject(
      ['0:30', '0:01', '0:00'].map((text) => ({ phase: 'soon', text })),
    );
  }
});

test('a step that went on with what was left has that much behind it', () => {
  expect(partPassed({ endsAt: null, left: 300_000 }, 10, 0)).toBe(0.5);
  expect([0, 600_000, 900_000].map((now) => partPassed({ endsAt: 600_000 }, 10, now))).toEqual([0, 1, 1]);
  expect(partPassed({ endsAt: 780_000 }, 10, 0)).toBe(0); // three minutes were added
  expect(partPassed({ endsAt: null }, null, 5)).toBe(0);
});
