import { expect, test } from 'vitest';
import type { Actor } from '#domain/forum/seat.ts';
import type { RoomId, SeatId, StepId } from '#domain/ids.ts';
import type { Group } from '#domain/workshop/groups/state.ts';
import type { WorkshopState } from '#domain/workshop/state.ts';
import type { SeatChange } from '#server/forum/seat-change.ts';
import { Roster } from './roster.ts';

const [AIDA, BOLOT, DANA] = ['aida', 'bolot', 'dana'] as SeatId[] as [SeatId, SeatId, SeatId];
const [NORTH, SOUTH] = ['north', 'south'] as RoomId[] as [RoomId, RoomId];
const as = (seatId: SeatId): Actor => ({ seatId, role: 'participant' });

const entry = (id: SeatId) =>
  ({
    seat: { id, role: 'participant', removedAt: null },
    person: { name: id, country: 'KG', language: 'ky' },
  }) as unknown as SeatChange;

/** Everybody but Aida has gone to another room since they worked together. */
function hall(groups?: WorkshopState['groups']) {
  const seating = new Map([
    [AIDA, NORTH],
    [BOLOT, SOUTH],
    [DANA, SOUTH],
  ]);
  const workshop = { seating, ...(groups && { groups }) } as unknown as WorkshopState;
  const people = [AIDA, BOLOT, DANA].map(entry);
  return new Roster({
    people: () => Promise.resolve(people),
    workshops: () => [workshop],
    wrote: () => Promise.resolve(new Map()),
    clock: () => 0,
  });
}

test('[P23] whoever was in a group with one keeps their name, wherever they sit by now', async () => {
  const group: Group = { number: 1, room: NORTH, seats: [AIDA], late: [], left: [BOLOT] };
  const roster = hall(new Map([['pairs' as StepId, new Map([[1, group]])]]));
  const names = async (viewer: SeatId) => (await roster.namesFor(as(viewer))).map(({ seatId }) => seatId);
  expect(await names(AIDA)).toEqual([AIDA, BOLOT]);
  expect(await names(BOLOT)).toEqual([AIDA, BOLOT, DANA]);
  expect(await names(DANA)).toEqual([BOLOT, DANA]);
  expect(roster.someFor(as(AIDA), [BOLOT, DANA]).map(({ seatId }) => seatId)).toEqual([BOLOT]);
  expect((await hall().namesFor(as(AIDA))).map(({ seatId }) => seatId)).toEqual([AIDA]);
});
