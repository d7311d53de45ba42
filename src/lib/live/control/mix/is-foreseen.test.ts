import { expect, test } from 'vitest';
import type { RoomId, SeatId } from '#domain/ids.ts';
import { isForeseen } from './is-foreseen.ts';

const [north, south] = ['north', 'south'] as [RoomId, RoomId];
const seats = (names: string) => [...names] as SeatId[];
const rooms = (...of: readonly (readonly [RoomId, string])[]) => ({
  rooms: of.map(([id, names]) => ({ id, name: id, access: 'write' as const, seated: 0, seats: seats(names) })),
});
const foreseen = {
  version: 1,
  rooms: [
    { room: north, groups: ['ab', 'cd'].map((names, at) => ({ place: at + 1, seats: seats(names), alone: [] })) },
    { room: south, groups: [{ place: 1, seats: seats('ef'), alone: [] }] },
  ],
  again: null,
};

test.each([
  ['as all sit', rooms([north, 'abcd'], [south, 'ef']), true],
  ['in another order', rooms([south, 'fe'], [north, 'dcba']), true],
  ['once somebody has come', rooms([north, 'abcdg'], [south, 'ef']), false],
  ['once somebody has left', rooms([north, 'abc'], [south, 'ef']), false],
  ['once two have changed rooms', rooms([north, 'abce'], [south, 'df']), false],
])('[W151] groups that were foreseen hold %s: %#', (_, view, holds) => expect(isForeseen(foreseen, view)).toBe(holds));
