import { expect, test } from 'vitest';
import type { RoomId } from '#domain/ids.ts';
import { KeptOrder } from './kept-order.ts';

const rooms = (names: string) => names.split('') as RoomId[];
const wanted = (names: string, { call = 0, isHeld = false } = {}) => ({ rooms: rooms(names), call, isHeld });

test('[W140] tiles move every ten seconds at most, and at once when somebody calls', () => {
  const order = new KeptOrder();
  expect(order.at(0, wanted('abc'))).toEqual(rooms('abc'));
  expect(order.at(9_999, wanted('cab'))).toEqual(rooms('abc'));
  expect(order.at(10_000, wanted('cab'))).toEqual(rooms('cab'));
  expect(order.at(10_001, wanted('bca', { call: 1 }))).toEqual(rooms('bca'));
  expect(order.at(10_002, wanted('abc', { call: 1 }))).toEqual(rooms('bca'));
});

test('[W140] no tile moves under a pointer or the focus, whoever calls; then it is made good', () => {
  const order = new KeptOrder();
  order.at(0, wanted('abc'));
  expect(order.at(60_000, wanted('cba', { call: 3, isHeld: true }))).toEqual(rooms('abc'));
  expect(order.at(60_001, wanted('cba', { call: 3 }))).toEqual(rooms('cba'));
});

test('[W140] a room that opens is there at once, as the last one', () => {
  const order = new KeptOrder();
  order.at(0, wanted('ab'));
  expect(order.at(1, wanted('cab', { isHeld: true }))).toEqual(rooms('abc'));
});
