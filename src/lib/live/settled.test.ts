import { expect, test } from 'vitest';
import { Settled, type Resting } from './settled.ts';

/** From when a press counts, after the meaning has changed at 2,000. */
function changed(resting?: Resting): Settled {
  const settled = new Settled();
  settled.see('Pass on to Aida', 1_000);
  settled.see('Pass on to Bolat', 2_000, resting);
  return settled;
}
const counts = (settled: Settled, ...at: number[]) => at.map((now) => settled.isRead(now));

test('[W147] a press counts when the button has meant the same for a while, and at the first look at once', () => {
  const settled = new Settled();
  settled.see('I speak now', 1_000);
  expect(settled.isRead(1_000)).toBe(true);
  settled.see('I speak now', 1_900);
  expect(settled.isRead(1_900)).toBe(true);
  settled.see('I have finished', 2_000);
  expect(counts(settled, 2_000, 2_699, 2_700)).toEqual([false, false, true]);
  settled.see('I have finished', 2_600);
  expect(settled.isRead(2_700)).toBe(true);
});

test('[W147] under a pointer that rests it counts after two seconds, or once the pointer has left that place', () => {
  const resting = { pointer: { x: 50, y: 50 }, hasFocus: true };
  expect(counts(changed(resting), 3_000, 3_999, 4_000)).toEqual([false, false, true]);
  const trembles = changed(resting);
  trembles.moved({ x: 54, y: 53 });
  expect(counts(trembles, 3_000)).toEqual([false]);
  const moved = changed({ ...resting, hasFocus: false });
  moved.moved({ x: 70, y: 50 });
  moved.moved({ x: 50, y: 50 });
  expect(counts(moved, 2_699, 2_700)).toEqual([false, true]);
});

test('[W147] what one has changed oneself is known: only the second press of a hand does not count', () => {
  const own = changed({ pointer: { x: 50, y: 50 }, hasFocus: true });
  own.know();
  expect(counts(own, 2_699, 2_700)).toEqual([false, true]);
});

test('[W147] with the focus on it a key counts after a second', () => {
  expect(counts(changed({ pointer: null, hasFocus: true }), 2_999, 3_000)).toEqual([false, true]);
});
