import { expect, test } from 'vitest';
import type { ForumId, RoomId, SeatId, StepId, WorkshopId } from '#domain/ids.ts';
import type { Script } from '#domain/script/step.ts';
import type { Guest } from '#domain/seating/guest.ts';
import type { WorkshopEvent } from '#domain/workshop/events.ts';
import { attendances } from './attendance.ts';
import { courseOf } from './course.ts';
import { spread } from './script-summary.ts';

const seat = (id: string) => id as SeatId;
const [NORTH, SOUTH] = ['north' as RoomId, 'south' as RoomId];
const STEPS: Script = [
  { id: 'arrive' as StepId, kind: 'arrive', minutes: null },
  { id: 'vote' as StepId, kind: 'vote', minutes: 4 },
  { id: 'draft' as StepId, kind: 'draft', minutes: 11 },
  { id: 'close' as StepId, kind: 'close', minutes: null },
];
const by = seat('host');
const sat = (id: string, room: RoomId): WorkshopEvent => ({ kind: 'seatTaken', seat: seat(id), room, at: 110 });
const began = (step: string, at: number): WorkshopEvent => ({
  kind: 'stepStarted',
  step: step as StepId,
  endsAt: null,
  at,
});
const mixed = (at: number, ...tables: [RoomId, ...string[]][]): WorkshopEvent => ({
  kind: 'roomsMixed',
  way: 'mix',
  seed: 1,
  tables: tables.map(([room, ...seats]) => ({ room, seats: seats.map(seat) })),
  at,
});
const opened: WorkshopEvent = {
  kind: 'workshopOpened',
  workshop: 'w' as WorkshopId,
  forum: 'f' as ForumId,
  script: STEPS.slice(0, 1),
  rooms: [NORTH, SOUTH].map((id) => ({ id, name: id })),
  at: 100,
};
const chosen: WorkshopEvent = { kind: 'scriptChosen', script: 'x', title: { en: 'x' }, steps: STEPS, by, at: 105 };
const FOUR = [sat('a', NORTH), sat('b', NORTH), sat('c', SOUTH), sat('d', SOUTH)];
const guests = new Map(
  (['ky', 'ky', 'ky', 'ur'] as const).map((language, at): [SeatId, Guest] => {
    const id = seat('abcd'[at]!);
    return [id, { seat: id, country: 'KG', languages: [language] }];
  }),
);

test('each step is told with its times, also one that ran twice, and which were passed over', () => {
  const events = [opened, chosen, ...FOUR, began('draft', 200), began('close', 300), began('draft', 400)];
  expect(courseOf(events, guests, 900).steps).toEqual([
    { id: 'arrive', kind: 'arrive', startedAt: 100, endedAt: 200 },
    { id: 'vote', kind: 'vote', startedAt: null, endedAt: null, skipped: true },
    { id: 'draft', kind: 'draft', startedAt: 200, endedAt: 900 },
    { id: 'close', kind: 'close', startedAt: 300, endedAt: 400 },
  ]);
  const closed = [...events, { kind: 'workshopClosed', at: 500 } as const];
  expect(courseOf(closed, guests, 900).steps[2]).toMatchObject({ startedAt: 200, endedAt: 500 });
});

test('whoever sat together at work and does again is counted, whoever only arrived together is not', () => {
  const swap = mixed(150, [NORTH, 'c'], [SOUTH, 'a']);
  expect(courseOf([opened, chosen, ...FOUR, swap, began('draft', 200)], guests, 900)).toMatchObject({
    moves: 2,
    repeatsMet: 0,
    aloneInLanguage: 2,
  });
  const back = mixed(250, [NORTH, 'a'], [SOUTH, 'c']);
  const again = mixed(260, [NORTH, 'c'], [SOUTH, 'a']);
  const moved: WorkshopEvent = { kind: 'seatMoved', seat: seat('d'), room: NORTH, at: 270 };
  const events = [opened, chosen, ...FOUR, swap, began('draft', 200), back, again, moved];
  // b and c sat together in the first round, c and d in the second; b and d never.
  expect(courseOf(events, guests, 900)).toMatchObject({ moves: 7, repeatsMet: 2 });
});

test('calls and messages are counted as they were stored', () => {
  const call: WorkshopEvent = { kind: 'helpCalled', room: NORTH, seat: seat('a'), at: 210 };
  const off: WorkshopEvent = { kind: 'helpCalledOff', room: NORTH, at: 220 };
  expect(courseOf([opened, ...FOUR, call, off, { ...call, at: 230 }], guests, 900)).toMatchObject({
    help: 2,
    broadcasts: 0,
  });
});

test.each([1, 2, 3, 7, 35, 300])('of %i people some are late, cut off, call, and most come on time', (people) => {
  const all = attendances(people, 1);
  expect(all).toEqual(attendances(people, 1));
  const count = (is: (one: (typeof all)[number]) => boolean) => all.filter(is).length;
  expect(all).toHaveLength(people);
  expect(count(({ isLate }) => !isLate)).toBeGreaterThanOrEqual(Math.ceil(people / 2));
  expect(count(({ help }) => help !== null)).toBeGreaterThan(0);
  if (people >= 3) expect(count(({ isLate }) => isLate)).toBeGreaterThan(0);
  if (people >= 3) expect(count(({ losesNetworkAt }) => losesNetworkAt !== null)).toBeGreaterThan(0);
  if (people >= 8) expect(count(({ goesAt }) => goesAt !== null)).toBeGreaterThan(0);
  expect(count(({ isLate, help, losesNetworkAt, goesAt }) => isLate && !!(help ?? losesNetworkAt ?? goesAt))).toBe(0);
});

test('bytes of a seat in the middle, and of the one that was sent most', () => {
  expect(spread([5, 1, 9])).toEqual({ p50: 5, max: 9 });
  expect(spread([4, 1])).toEqual({ p50: 1, max: 4 });
  expect(spread([])).toEqual({ p50: 0, max: 0 });
});
