import { expect, test } from 'vitest';
import type { RoomId, SeatId } from '#domain/ids.ts';
import type { HallTalk } from '#domain/workshop/talk/view.ts';
import { floorShown } from './floor-shown.ts';

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
