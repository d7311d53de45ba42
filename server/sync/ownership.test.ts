import { expect, test } from 'vitest';
import type { SeatId } from '#domain/ids.ts';
import { Ownership } from './ownership.ts';

const [AIDA, BEK] = ['aida00001', 'bek000001'] as [SeatId, SeatId];

test('[Y66] an id that a reader is announced with is nobody else’s while they are here, and never stored', () => {
  const ownership = new Ownership(new Map());
  expect(ownership.hold(1, AIDA)).toBe(true);
  expect([ownership.take([1], BEK), ownership.hold(1, BEK)]).toEqual([false, false]);
  expect(ownership.unstored).toEqual([]);
  ownership.letGo(1, BEK);
  expect(ownership.take([1], BEK)).toBe(false);
  expect(ownership.take([1], AIDA)).toBe(true);
  expect(ownership.unstored).toEqual([[1, AIDA]]);
  expect(ownership.hold(2, AIDA)).toBe(true);
  ownership.letGo(2, AIDA);
  expect(ownership.take([2], BEK)).toBe(true);
  expect(ownership.hold(2, AIDA)).toBe(false);
});

test('[Y6] of several ids one that is another’s spoils all', () => {
  const ownership = new Ownership(new Map([[1, BEK]]));
  expect(ownership.take([2, 1], AIDA)).toBe(false);
  expect(ownership.unstored).toEqual([]);
});
