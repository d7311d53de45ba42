import { expect, test } from 'vitest';
import { ListOrder } from './list-order.ts';

const list = (ids: string) => ids.split('').map((id) => ({ id }));
/** Who is gone is written small. */
const shown = (order: ListOrder<{ id: string }>, now: number, ids: string, isHeld: boolean) =>
  order
    .at(now, list(ids), isHeld)
    .map(({ one, isGone }) => (isGone ? one.id.toLowerCase() : one.id))
    .join('');

test('[W149] under a pointer or the focus nothing moves: what goes keeps its place, what comes stands last', () => {
  const order = new ListOrder<{ id: string }>();
  expect(shown(order, 0, 'ABC', true)).toBe('ABC');
  expect(shown(order, 9_000, 'CB', true)).toBe('aBC');
  expect(shown(order, 9_001, 'DCB', true)).toBe('aBCD');
  expect(order.shifts).toBe(0);
  expect(shown(order, 9_002, 'DCB', false)).toBe('DCB');
  expect(order.shifts).toBe(1);
});

test('[W149] elsewhere it is in order at once, and then every three seconds at most', () => {
  const order = new ListOrder<{ id: string }>();
  shown(order, 0, 'ABC', false);
  expect(shown(order, 10_000, 'BAC', false)).toBe('BAC');
  expect(shown(order, 12_999, 'CBA', false)).toBe('BAC');
  expect(shown(order, 13_000, 'CBA', false)).toBe('CBA');
  expect(shown(order, 13_001, 'CA', false)).toBe('CA');
});
