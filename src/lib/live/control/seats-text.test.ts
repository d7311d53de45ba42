import { expect, test } from 'vitest';
import type { SeatId, StepId } from '#domain/ids.ts';
import type { PlannedStep } from '#domain/workshop/view-script.ts';
import { translator } from '#lib/i18n/text.ts';
import { seatsText, unevenText } from './seats-text.ts';

const said = (key: string) => (values?: Readonly<Record<string, unknown>>) =>
  [key, ...Object.values(values ?? {})].join();
const t = translator(new Proxy({}, { get: (_, key: string) => said(key) }), 'en');
const step = (more: Partial<PlannedStep>): PlannedStep => ({ id: 's' as StepId, kind: 'draft', minutes: 5, ...more });
const fours = step({ place: { groups: 4 } });
const of = (...sizes: number[]) => ({
  seated: 0,
  groups: sizes.map((size, number) => ({
    number,
    place: number + 1,
    seats: Array.from({ length: size }, (_, at) => `${at}` as SeatId),
  })),
});

test.each([
  [step({ place: 'pairs' }), 'control.inPairs'],
  [fours, 'control.inGroups,4'],
  [step({ place: { groups: 4 }, seating: 'join' }), 'control.groupsJoin'],
  [step({ place: 'rooms' }), null],
  [step({ place: 'rooms', seating: 'rotate' }), 'control.seats_rotate'],
])('how people are seated for %j is told as %j', (asked, told) => expect(seatsText(t, asked, [asked])).toBe(told));

test('who runs it is told before and meanwhile why a group is larger or smaller than was asked', () => {
  const before = (...seated: number[]) =>
    unevenText(
      t,
      fours,
      seated.map((many) => ({ seated: many })),
      false,
    );
  expect([before(8, 4), before(), before(0)]).toEqual([null, null, null]);
  expect([before(8, 5), before(3)]).toEqual(['control.groupsUneven,4', 'control.groupsUneven,4']);
  const now = (...rooms: ReturnType<typeof of>[]) => unevenText(t, fours, rooms, true);
  expect([now(of(4, 4), of(4)), now(of())]).toEqual([null, null]);
  expect(now(of(4, 4), of(5, 3))).toBe('control.groupsUnevenNow,4,3,5');
});

test('of groups that come of others, or of people who change rooms first, nothing is said before they are made', () => {
  const rooms = [{ seated: 5 }];
  expect(unevenText(t, step({ place: { groups: 4 }, seating: 'join' }), rooms, false)).toBeNull();
  expect(unevenText(t, step({ place: { groups: 4 }, seating: 'home' }), rooms, false)).toBeNull();
  expect(unevenText(t, step({ place: 'rooms' }), rooms, false)).toBeNull();
});
