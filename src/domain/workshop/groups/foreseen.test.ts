import { describe, expect, test } from 'vitest';
import type { RoomId, SeatId, StepId } from '../../ids.ts';
import type { Script } from '../../script/step.ts';
import type { Guests } from '../../seating/guest.ts';
import { actor, Given, host, id, NOW, NORTH, SOUTH } from '../played.sample.ts';
import { foreseenGroups } from './foreseen.ts';
import { groupsNow } from './state.ts';

const [PAIRS, AGAIN, FOURS] = ['pairs', 'again', 'fours'].map((step) => step as StepId) as [StepId, StepId, StepId];
const SCRIPT: Script = [
  { id: id('arrive'), kind: 'arrive', minutes: null },
  { id: PAIRS, kind: 'draft', minutes: 5, place: 'pairs', seating: 'shuffle' },
  { id: AGAIN, kind: 'draft', minutes: 5, place: 'pairs', seating: 'shuffle' },
  { id: FOURS, kind: 'draft', minutes: 5, place: { groups: 4 }, seating: 'join' },
  { id: id('close'), kind: 'close', minutes: null },
];
const seatsOf = (names: string, room: RoomId) => [...names].map((name) => [name as SeatId, room] as const);
const sitting = (...seats: (readonly [SeatId, RoomId])[]) => new Given(SCRIPT, seats);
const start = (given: Given, step: StepId) => given.when({ kind: 'startStep', step }, host, NOW);
const ahead = (given: Given, step: StepId, guests: Guests = new Map()) =>
  foreseenGroups(
    given.state,
    SCRIPT.find((one) => one.id === step)!,
    guests,
    NOW,
  );

describe('[W151] who would work together in a step that comes', () => {
  test('is who does once it has begun, room by room', () => {
    const given = sitting(...seatsOf('abcdefg', NORTH), ...seatsOf('mnop', SOUTH));
    const { rooms, again } = ahead(given, PAIRS);
    const told = rooms.map(({ room, groups }) => ({
      room,
      places: groups.map(({ place }) => place),
      sizes: groups.map(({ seats }) => seats.length).toSorted(),
    }));
    expect(told).toEqual([
      { room: NORTH, places: [1, 2, 3], sizes: [2, 2, 3] },
      { room: SOUTH, places: [1, 2], sizes: [2, 2] },
    ]);
    expect(again).toEqual({ pairs: 0, least: 0 });
    start(given, PAIRS);
    const made = [...groupsNow(given.state)!.values()].map(({ room, seats }) => [room, seats]);
    expect(rooms.flatMap(({ room, groups }) => groups.map(({ seats }) => [room, seats]))).toEqual(made);
  });

  test('meets again only where it must, and how often is said', () => {
    const three = sitting(...seatsOf('abc', NORTH));
    start(three, PAIRS);
    expect(ahead(three, AGAIN).again).toEqual({ pairs: 3, least: 3 });
    const four = sitting(...seatsOf('abcd', NORTH));
    start(four, PAIRS);
    expect(ahead(four, AGAIN).again).toEqual({ pairs: 0, least: 0 });
  });

  test('is not told from before where pairs of before come together', () => {
    const given = sitting(...seatsOf('abcd', NORTH));
    start(given, PAIRS);
    const { rooms, again } = ahead(given, FOURS);
    expect([again, rooms.map(({ groups }) => groups.map(({ seats }) => seats.toSorted()))]).toEqual([
      null,
      [[['a', 'b', 'c', 'd']]],
    ]);
  });

  test('names whom nobody in their group understands', () => {
    const guest = (name: string, language: 'en' | 'ur') =>
      [name as SeatId, { seat: name as SeatId, country: null, languages: [language] }] as const;
    const guests: Guests = new Map([guest('a', 'en'), guest('b', 'en'), guest('c', 'ur')]);
    const { rooms } = ahead(sitting(...seatsOf('abc', NORTH)), PAIRS, guests);
    expect(rooms[0]!.groups.map(({ alone }) => alone)).toEqual([['c']]);
  });

  test('is another once somebody has come, and its version says so', () => {
    const given = sitting(...seatsOf('abcd', NORTH));
    const before = ahead(given, PAIRS);
    given.when({ kind: 'takeSeat' }, actor('e'), NOW);
    const after = ahead(given, PAIRS);
    expect(after.version).toBeGreaterThan(before.version);
    expect(after.rooms.flatMap(({ groups }) => groups.flatMap(({ seats }) => seats))).toContain('e');
  });
});
