import { expect, test } from 'vitest';
import { waitBeforeRestart, type Life } from './restart.ts';

const lived = (readyFor: number | null): Life => ({ readyFor });
const waits = (lives: readonly Life[]) => lives.map((_, index) => waitBeforeRestart(lives.slice(0, index + 1)));

test('[U3] a server that was ready is started again at once, and always within a second', () => {
  const attacked = Array.from({ length: 50 }, () => lived(100));
  expect(waits(attacked).slice(0, 5)).toEqual([0, 250, 500, 1_000, 1_000]);
  expect(waits(attacked).at(-1)).toBe(1_000);
  expect(waitBeforeRestart([...attacked, lived(3_600_000)])).toBe(0);
});

test('[U4] one that is never ready waits longer each time and is given up after the fifth', () => {
  expect(waits(Array.from({ length: 5 }, () => lived(null)))).toEqual([250, 500, 1_000, 2_000, null]);
});

test('[U4] starts that failed before one that did not are forgotten', () => {
  const lives = [null, null, null, null, 5, null].map(lived);
  expect(waitBeforeRestart(lives)).toBe(250);
});
