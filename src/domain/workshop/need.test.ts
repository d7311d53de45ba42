import { expect, test } from 'vitest';
import type { RoomId } from '../ids.ts';
import { byNeed, type RoomNeed } from './need.ts';

const room = (name: string, need: Partial<RoomNeed> = {}): RoomNeed => ({
  ...{ room: name as RoomId, call: null, here: 7, silent: 0, more: 0 },
  ...need,
});
const calls = (at: number, isTaken = false): Partial<RoomNeed> => ({ call: { at, isTaken } });

test('[W140] who calls comes first, then who is silent, then who wants more time, then the others', () => {
  const rooms = [
    room('calm'),
    room('few want more', { more: 1 }),
    room('one is silent', { silent: 3 }),
    room('half are silent', { here: 6, silent: 3 }),
    room('somebody comes', calls(1, true)),
    room('all are silent', { here: 2, silent: 2, more: 2 }),
    room('called later', calls(5)),
    room('all want more', { here: 3, more: 3 }),
    room('called first', { ...calls(4), silent: 0 }),
  ];
  const order = [
    ...['called first', 'called later', 'somebody comes'],
    ...['all are silent', 'half are silent', 'all want more', 'few want more'],
    ...['calm', 'one is silent'],
  ];
  expect(byNeed(rooms)).toEqual(order);
  expect(byNeed(rooms.toReversed())).toEqual([...order.slice(0, -2), 'one is silent', 'calm']);
});

test('[W140] rooms that need the same, and empty ones, keep their order', () => {
  const names = ['d', 'a', 'c', 'b'];
  expect(byNeed(names.map((name) => room(name, { silent: 7 })))).toEqual(names);
  expect(byNeed(names.map((name) => room(name, { here: 0 })))).toEqual(names);
  expect(byNeed([])).toEqual([]);
});
