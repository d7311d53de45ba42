import { expect, test } from 'vitest';
import type { SeatId } from '#domain/ids.ts';
import { composed } from '#domain/workshop/composed.ts';
import { partsFor } from '#domain/workshop/parts.ts';
import { aida, bolot, host, NORTH, NOW, Played, SOUTH } from '#domain/workshop/played.sample.ts';
import { toldControl, toldMine, toldPeople, toldRooms, toldShared, toldTick } from './told.ts';

const seats = (...ids: string[]) => ids as SeatId[];
const person = (seatId: string, name = seatId) =>
  ({ seatId: seatId as SeatId, name, country: null, language: 'en', role: 'participant' }) as const;

test('[P26] what is older than what is known changes nothing', () => {
  const { state } = new Played();
  const parts = partsFor(state, host, NOW);
  const version = parts.version - 1;
  expect(toldShared(parts, { version, now: NOW, changed: { closed: true } })).toBe(parts);
  expect(toldRooms(parts, { version, rooms: [{ id: NORTH, seats: [] }] })).toBe(parts);
  expect(toldControl(parts, { version, changed: { mixing: { pinned: [], mix: 7 } } })).toBe(parts);
  const told = toldShared(parts, { version: version + 1, now: NOW, changed: { closed: true } });
  expect(composed(told).closed).toBe(true);
});

test('[P26] rooms keep their order, new ones come last, and counts are theirs', () => {
  const { state } = new Played();
  const west = { id: 'west' as typeof NORTH, name: 'West' };
  const changed = { rooms: [west, { id: NORTH, name: 'Up' }], seated: [[2, 4]] as const };
  const told = toldShared(partsFor(state, aida, NOW), { version: 99, now: NOW, changed });
  expect(composed(told).rooms.map(({ id, name, seated }) => [id, name, seated])).toEqual([
    [NORTH, 'Up', 2],
    [SOUTH, SOUTH, 1],
    ['west', 'West', 4],
  ]);
  expect(composed(told).version).toBe(99);
});

test('[P26] with one’s own part goes what was for the seat as it was', () => {
  const { state } = new Played();
  const { shared: _, ...mine } = partsFor(state, { ...host, role: 'observer' }, NOW);
  const told = composed(toldMine(partsFor(state, host, NOW), mine));
  expect(told).not.toHaveProperty('turning');
  expect(told.rooms.map(({ access }) => access)).toEqual(['read', 'read']);
  const control = { version: 100, changed: { mixing: { pinned: [], mix: 7 } } };
  expect(toldControl(partsFor(state, bolot, NOW), control)).not.toHaveProperty('control');
});

test('[S42] names and presence are added and taken away, or replaced as a whole', () => {
  const known = toldPeople(new Map(), { put: [person('a'), person('b')], gone: [], whole: true });
  const changed = toldPeople(known, { put: [person('a', 'Aida')], gone: seats('b') });
  expect([...changed.values()].map(({ name }) => name)).toEqual(['Aida']);
  expect([...toldPeople(changed, { put: [], gone: [], whole: true })]).toEqual([]);
  expect(toldTick(seats('a', 'b'), { came: seats('c'), left: seats('a') })).toEqual(['b', 'c']);
  expect(toldTick(seats('a', 'b'), { came: seats('c'), left: [], whole: true })).toEqual(['c']);
});
