import { expect, test } from 'vitest';
import { pauseAfter } from './resend.ts';

test('[W36] a command that was not stored is sent again after growing pauses, not by everybody at once', () => {
  const tries = Array.from({ length: 11 }, (_, index) => index + 1);
  const longest = tries.map((count) => pauseAfter(count, () => 1));
  expect(longest.slice(0, 6)).toEqual([300, 600, 1_200, 2_400, 4_800, 9_600]);
  expect(Math.max(...longest)).toBe(10_000);
  expect(tries.map((count) => pauseAfter(count, () => 0))).toEqual(longest.map((pause) => pause / 2));
  // a seat has 20 commands at once and 4 a second: a minute of trying takes eleven of them
  expect(longest.reduce((sum, pause) => sum + pause)).toBeGreaterThan(60_000);
});
