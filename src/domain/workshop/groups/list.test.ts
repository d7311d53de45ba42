import { expect, test } from 'vitest';
import type { SeatId, StepId } from '../../ids.ts';
import type { Script } from '../../script/step.ts';
import type { WorkshopCommand } from '../commands.ts';
import { actor, Given, host, id, NORTH, NOW, SOUTH } from '../played.sample.ts';
import { listedGroups } from './list.ts';

const [PAIRS, TALK, LAST] = ['pairs', 'talk', 'last'].map((step) => step as StepId) as [StepId, StepId, StepId];
const SCRIPT: Script = [
  { id: id('arrive'), kind: 'arrive', minutes: null },
  { id: PAIRS, kind: 'draft', minutes: 5, place: 'pairs', title: { en: 'Two by two' } },
  { id: TALK, kind: 'talk', minutes: 5, place: 'pairs' },
  { id: LAST, kind: 'draft', minutes: 5, place: { groups: 4 } },
];
const SEATS = [...'abcd', ...'mnop'].map((name) => [name as SeatId, name < 'm' ? NORTH : SOUTH] as const);

function played() {
  const given = new Given(SCRIPT, SEATS);
  let now = NOW;
  const ask = (command: WorkshopCommand, by = host) => given.when(command, by, (now += 1_000));
  return {
    given,
    ask,
    start: (step: StepId) => ask({ kind: 'startStep', step }),
    list: () => listedGroups(given.state, now),
  };
}

test('[P27] those who run it find every step in which pairs or groups have boards, by room, each called by its place there', () => {
  const { start, list } = played();
  expect(list()).toEqual([]);
  start(PAIRS);
  start(TALK); // nothing is written in it
  expect(list().map(({ id, isRunning, hasBoards }) => [id, isRunning, hasBoards])).toEqual([
    [PAIRS, false, true],
    [TALK, true, false],
  ]);
  start(LAST);
  expect(list().map(({ id, size, isRunning }) => [id, size, isRunning])).toEqual([
    [PAIRS, 2, false],
    [TALK, 2, false],
    [LAST, 4, true],
  ]);
  const [pairs] = list();
  expect(pairs!.title).toEqual({ en: 'Two by two' });
  expect(pairs!.rooms.map(({ room, groups }) => [room, groups.map(({ number, place }) => [number, place])])).toEqual([
    [NORTH, [[1, 1], [2, 2]]],
    [SOUTH, [[3, 1], [4, 2]]],
  ]); // prettier-ignore
});

test('[P27] [W127] who came after it had begun, and who has left, is told of each group; a place is kept when all have left', () => {
  const { given, ask, start, list } = played();
  start(PAIRS);
  const before = list()[0]!.rooms[0]!.groups;
  expect(before.every(({ late, left }) => late.length + left.length === 0)).toBe(true);
  ask({ kind: 'takeSeat' }, actor('late'));
  const home = given.state.seating.get('late' as SeatId);
  const joined = list()[0]!
    .rooms.flatMap(({ groups }) => groups)
    .find(({ seats }) => seats.includes('late' as SeatId))!;
  expect([joined.late, joined.seats.length]).toEqual([['late'], 3]);
  const [first] = list()[0]!.rooms.find(({ room }) => room !== home)!.groups;
  const other = home === NORTH ? NORTH : SOUTH;
  for (const seat of first!.seats) ask({ kind: 'moveSeat', seat, room: other });
  const [left, stays] = list()[0]!.rooms.find(({ room }) => room !== home)!.groups;
  expect([left!.place, left!.seats, left!.left.toSorted()]).toEqual([1, [], first!.seats.toSorted()]);
  expect(stays!.place).toBe(2);
  start(LAST);
  const fours = list()
    .find(({ id }) => id === LAST)!
    .rooms.flatMap(({ groups }) => groups);
  expect(fours.flatMap(({ late }) => late)).toEqual([]);
  start(PAIRS); // again: who is there from its beginning did not come late
  const again = list()[0]!
    .rooms.flatMap(({ groups }) => groups)
    .filter(({ seats }) => seats.length > 0);
  expect(again.flatMap(({ seats }) => seats)).toHaveLength(9);
});
