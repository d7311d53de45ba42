import { expect, test } from 'vitest';
import { Tries } from './tries.ts';

function tries() {
  const clock = { now: 1_800_000_000_000 };
  const counter = new Tries(() => clock.now);
  return { clock, counter, fail: (count: number) => Array.from({ length: count }, () => counter.failed('hall')) };
}

test('[A3] nine failures are free, then the wait doubles with each up to a minute', () => {
  const { counter, fail } = tries();
  fail(9);
  expect(counter.wait('hall')).toBe(0);
  const waits = Array.from({ length: 7 }, () => {
    fail(1);
    return counter.wait('hall');
  });
  expect(waits).toEqual([2, 4, 8, 16, 32, 60, 60]);
  expect(counter.wait('elsewhere')).toBe(0);
});

test('[A3] ten failures a minute never wait: a hall makes typing mistakes', () => {
  const { clock, counter, fail } = tries();
  for (let minute = 0; minute < 30; minute += 1) {
    fail(1);
    clock.now += 6_000;
    expect(counter.wait('hall')).toBe(0);
  }
});

test('[A3] who tries as fast as allowed gets through at most about eleven failures a minute', () => {
  const { clock, counter } = tries();
  const until = clock.now + 60 * 60_000;
  let failures = 0;
  while (clock.now < until) {
    const seconds = counter.wait('hall');
    if (seconds === 0) {
      counter.failed('hall');
      failures += 1;
    } else clock.now += seconds * 1_000;
  }
  expect(failures).toBeGreaterThan(10);
  expect(failures).toBeLessThan(60 * 11);
});

test('[A3] what failed long ago is forgiven', () => {
  const { clock, counter, fail } = tries();
  fail(12);
  expect(counter.wait('hall')).toBeGreaterThan(0);
  clock.now += 10 * 60_000;
  fail(1);
  expect(counter.wait('hall')).toBe(0);
});
