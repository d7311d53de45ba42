import { expect, test } from 'vitest';
import type { RoomId, SeatId } from '#domain/ids.ts';
import type { HallTalk } from '#domain/workshop/talk/view.ts';
import { behindFirst, floorShown } from './floor-shown.ts';

const [NORTH, SOUTH] = ['north', 'south'] as [RoomId, RoomId];
const EMPTY = { since: 3, speaker: null, line: [], spoken: [] };
const hall = (isQueue: boolean): HallTalk => ({
  kind: 'hallTalk',
  began: 3,
  isQueue,
  seconds: 60,
  floors: [
    { ...EMPTY, circle: NORTH, spoken: ['aida' as SeatId] },
    { ...EMPTY, circle: SOUTH },
  ],
});

test('[W94] where nobody sits nobody has spoken, nor is there anything to pass on', () => {
  expect(floorShown(hall(false), SOUTH, true)).toBeNull();
  expect(floorShown(hall(false), NORTH, true)).toMatchObject({ circle: NORTH, waiting: 0, mayPassOn: 'now' });
  expect(floorShown(hall(true), SOUTH, false)).toMatchObject({ circle: SOUTH, mayPassOn: null });
  expect(floorShown(hall(true), null, false)).toBeNull();
});

test('[W94] whoever was moved, and has not gone yet, is not shown the queue of the other room beside the board of this one', () => {
  const own = { ...floorShown(hall(true), NORTH, false)!, kind: 'ownTalk' as const, names: [] };
  expect(floorShown(own, NORTH, false)).toBe(own);
  expect(floorShown(own, SOUTH, false)).toBeNull();
  expect(floorShown({ ...own, circle: null }, SOUTH, false)).toMatchObject({ circle: null });
});

test('[W94] whoever begins stands above the line, and is not counted in it again', () => {
  const line = ['aida', 'azat', 'bolot'] as SeatId[];
  const floors = [{ ...EMPTY, circle: null, line }];
  const behind = (isQueue: boolean) => behindFirst(floorShown({ ...hall(isQueue), floors }, null, true)!);
  expect([behind(false), behind(true)]).toEqual([['azat', 'bolot'], line]);
});
