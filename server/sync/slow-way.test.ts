import type { ServerResponse } from 'node:http';
import { afterEach, expect, test, vi } from 'vitest';
import { SlowWay } from './slow-way.ts';

afterEach(() => vi.restoreAllMocks());

test.each([-1, 0, 1, 1e15])('[Y30] an answer asked to be held for %d ms is held for a time that there is', (hold) => {
  const timers = vi.spyOn(globalThis, 'setTimeout');
  const way = new SlowWay();
  const res = { once: () => undefined, end: () => undefined, writeHead: () => undefined } as unknown as ServerResponse;
  expect(way.take(0, hold, res)).toBe(true);
  const [[, ms]] = timers.mock.calls as unknown as [[unknown, number]];
  expect(ms).toBeGreaterThanOrEqual(1);
  expect(ms).toBeLessThan(60_000);
  clearTimeout(timers.mock.results[0]!.value as NodeJS.Timeout);
});
