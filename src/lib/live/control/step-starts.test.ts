import { expect, test } from 'vitest';
import type { WorkshopView } from '#domain/workshop/view.ts';
import { startsOf } from './step-starts.ts';

const MINUTE = 60_000;
const steps = [
  { kind: 'arrive', minutes: null },
  { kind: 'brief', minutes: 5 },
  { kind: 'vote', minutes: 4 },
  { kind: 'talk', minutes: 7 },
  { kind: 'draft', minutes: 10, isSkipped: true },
  { kind: 'pause', minutes: 15 },
  { kind: 'close', minutes: null },
];
const view = (step: object, change: object = {}) =>
  ({ closed: false, planning: { steps, at: 1 }, rooms: [], step, ...change }) as unknown as WorkshopView;
const minutes = (starts: readonly (number | null)[]) => starts.map((at) => at && at / MINUTE);

test('[W66] each step begins when those before it have taken their length; what is passed over takes none', () => {
  const now = 100 * MINUTE;
  const starts = [null, null, null, 103, null, 110, 125];
  expect(minutes(startsOf(view({ endsAt: 103 * MINUTE }), now))).toEqual(starts);
  expect(minutes(startsOf(view({ endsAt: null, left: 3 * MINUTE }), now))).toEqual(starts);
  // its time is up: what comes begins now
  expect(minutes(startsOf(view({ endsAt: 90 * MINUTE }), now))[3]).toBe(100);
  // it ends for all once the room with the most time has had it
  expect(minutes(startsOf(view({ endsAt: 103 * MINUTE }, { rooms: [{ more: MINUTE }, {}] }), now))[3]).toBe(104);
  const turn = { turning: { turn: { startsAt: 101 * MINUTE } } };
  expect(minutes(startsOf(view({ endsAt: 103 * MINUTE }, turn), now))[3]).toBe(101);
  expect(startsOf(view({ endsAt: null }, { closed: true }), now)).toEqual([]);
});
