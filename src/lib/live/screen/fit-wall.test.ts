import { expect, test } from 'vitest';
import { largestShare } from './fit-wall.ts';

test('what is written on a wall is as large as fits', () => {
  expect(largestShare(() => true)).toBe(1);
  expect(largestShare(() => false)).toBe(0);
  const share = largestShare((share) => share <= 0.4);
  expect(share).toBeLessThanOrEqual(0.4);
  expect(share).toBeGreaterThan(0.38);
});
