import { expect, test } from 'vitest';
import { Settled } from './settled.ts';

test('a press counts when the button has meant the same for a while, and at the first look at once', () => {
  const settled = new Settled();
  settled.see('I speak now', 1_000);
  expect(settled.isRead(1_000)).toBe(true);
  settled.see('I speak now', 1_900);
  expect(settled.isRead(1_900)).toBe(true);
  settled.see('I have finished', 2_000);
  expect([2_000, 2_699, 2_700].map((now) => settled.isRead(now))).toEqual([false, false, true]);
  settled.see('I have finished', 2_600);
  expect(settled.isRead(2_700)).toBe(true);
});
