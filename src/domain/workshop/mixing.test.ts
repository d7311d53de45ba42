import { describe, expect, test } from 'vitest';
import type { Actor, Role } from '../forum/seat.ts';
import type { ForumId, RoomId, SeatId, WorkshopId } from '../ids.ts';
import { stepIdAt, WRITE_TOGETHER } from '../script/step.ts';
import type { WorkshopCommand } from './commands.ts';
import { decide } from './decide.ts';
import type { PlannedMix } from './decide-mixing.ts';
import type { Table, WorkshopEvent } from './events.ts';
import { fold } from './evolve.ts';
import { metSoFar } from './evolve-mixing.ts';
import type { WorkshopState } from './state.ts';
import { view } from './view.ts';

const NOW = 1_000_000;
const seat = (id: string) => id as SeatId;
const room = (id: string) => id as RoomId;
const actor = (role: Role, id: string = role): Actor => ({ seatId: seat(id), role });
const facilitator = actor('facilitator');

const opened: WorkshopEvent = {
  kind: 'workshopOpened',
  workshop: 'w' as WorkshopId,
  forum: 'f' as ForumId,
  script: WRITE_TOGETHER,
  rooms: ['north', 'south'].map((id) => ({ id: room(id), name: id })),
  at: NOW,
};
const sat = (id: string, where: string): WorkshopEvent => ({
  kind: 'seatTaken',
  seat: seat(id),
  room: room(where),
  at: NOW,
});
const moved = (id: string, where: string): WorkshopEvent => ({
  kind: 'seatMoved',
  seat: seat(id),
  room: room(where),
  at: NOW,
});
const pinned = (id: string): WorkshopEvent => ({ kind: 'seatPinned', seat: seat(id), at: NOW });
const table = (where: string, ...seats: string[]): Table => ({ room: room(where), seats: seats.map(seat) });
const mixed = (...tables: Table[]): WorkshopEvent => ({ kind: 'roomsMixed', way: 'mix', seed: 7, tables, at: NOW });
const step = (index: number, at = NOW): WorkshopEvent => ({
  kind: 'stepStarted',
  step: stepIdAt(index),
  endsAt: null,
  at,
});
const FOUR = [sat('a', 'north'), sat('b', 'south'), sat('c', 'north'), sat('d', 'south')];

const given = (...events: WorkshopEvent[]): WorkshopState => fold(null, [opened, ...events])!;
const rooms = (state: WorkshopState) => Object.fromEntries(state.seating);
const planned = (version: number, after: Record<string, string>): PlannedMix => ({
  way: 'mix',
  seed: 7,
  version,
  after: new Map(Object.entries(after)) as never,
});

function when(state: WorkshopState, command: WorkshopCommand, mix: PlannedMix | null = null, by = facilitator) {
  const decision = decide(state, command, by, NOW, { guests: new Map(), mix });
  return decision.ok ? decision.value : decision.refusal;
}

describe('mixing', () => {
  const state = given(...FOUR);
  const swapped = planned(state.version, { a: 'south', b: 'north', c: 'north', d: 'south' });
  const apply = (version = state.version): WorkshopCommand => ({ kind: 'mixRooms', seed: 7, version });

  test('[W55] what was seen is what happens: who has to move is in the event, with the seed', () => {
    const events = when(state, apply(), swapped);
    expect(events).toEqual([mixed(table('north', 'b'), table('south', 'a'))]);
    expect(rooms(fold(state, events as WorkshopEvent[])!)).toEqual({ a: 'south', b: 'north', c: 'north', d: 'south' });
    expect(when(state, apply(), planned(state.version, rooms(state)))).toEqual([]);
  });

  test.each([
    ['somebody sat down', sat('late', 'north')],
    ['somebody was moved', moved('a', 'south')],
    ['somebody left', { kind: 'seatLeft', seat: seat('a'), at: NOW } as const],
    ['somebody was pinned', pinned('a')],
    ['a room was opened', { kind: 'roomOpened', room: { id: room('west'), name: 'West' }, at: NOW } as const],
    ['somebody else mixed them', mixed(table('south', 'a'), table('north', 'b'))],
  ])('[W55] it is refused when %s since', (_, since) => {
    expect(when(given(...FOUR, since), apply(), swapped)).toEqual({ kind: 'seatsChanged' });
  });

  test('[W55] a step that begins, time and names are no reason to look again', () => {
    const since = [step(1), { kind: 'roomRenamed', room: room('north'), name: 'Nord', at: NOW } as const];
    expect(when(given(...FOUR, ...since), apply(), swapped)).toHaveLength(1);
  });

  test('[W55] a preview that nobody knows, another version and a closed workshop are refused', () => {
    expect(when(state, apply(), null)).toEqual({ kind: 'seatsChanged' });
    expect(when(state, apply(state.version - 1), swapped)).toEqual({ kind: 'seatsChanged' });
    expect(when(given(...FOUR, { kind: 'workshopClosed', at: NOW }), apply(), swapped)).toEqual({
      kind: 'workshopClosed',
    });
    expect(when(state, apply(), swapped, actor('participant', 'a'))).toEqual({ kind: 'notAllowed' });
  });

  test('[W50] who worked together has met, who was only arriving has not', () => {
    expect(metSoFar(state)).toEqual([]);
    const working = given(...FOUR, step(1));
    expect(metSoFar(working)).toEqual([working.seating]);
    const after = given(...FOUR, step(1), mixed(table('north', 'b'), table('south', 'a')));
    expect(metSoFar(after)).toEqual([working.seating, after.seating]);
    const levelled = given(...FOUR, step(1), { ...mixed(table('south', 'a')), way: 'level' } as WorkshopEvent);
    expect(metSoFar(levelled)).toEqual([levelled.seating]);
  });

  test('[W50] the forty latest seatings are remembered', () => {
    const often = Array.from({ length: 50 }, (_, n) => mixed(table(n % 2 ? 'north' : 'south', 'a')));
    expect(metSoFar(given(...FOUR, step(1), ...often))).toHaveLength(40);
  });
});

describe('taking a mix back', () => {
  const swap = mixed(table('north', 'b'), table('south', 'a'));
  const state = given(...FOUR, step(1), swap);
  const takeBack = (mix = state.version): WorkshopCommand => ({ kind: 'takeBackMix', mix });

  test('[W56] who still sits where the mix put them goes back, once', () => {
    const events = when(state, takeBack()) as WorkshopEvent[];
    expect(events).toEqual([{ kind: 'mixTakenBack', tables: [table('north', 'a'), table('south', 'b')], at: NOW }]);
    const after = fold(state, events)!;
    expect(rooms(after)).toEqual(rooms(given(...FOUR)));
    expect(when(after, takeBack())).toEqual([]);
    expect(metSoFar(after)).toEqual([after.seating]);
  });

  test('[W56] who was moved, came or left since stays where they are', () => {
    const west: WorkshopEvent = { kind: 'roomOpened', room: { id: room('west'), name: 'West' }, at: NOW };
    const since = given(...FOUR, step(1), swap, west, moved('b', 'west'), sat('late', 'north'), {
      kind: 'seatLeft',
      seat: seat('d'),
      at: NOW,
    });
    expect(when(since, takeBack())).toEqual([{ kind: 'mixTakenBack', tables: [table('north', 'a')], at: NOW }]);
  });

  test('[W56] only the last mix is taken back, and not in a closed workshop', () => {
    expect(when(given(...FOUR), takeBack())).toEqual({ kind: 'mixReplaced' });
    const again = given(...FOUR, step(1), swap, mixed(table('north', 'a')));
    expect(when(again, takeBack())).toEqual({ kind: 'mixReplaced' });
    const closed = given(...FOUR, step(1), swap, { kind: 'workshopClosed', at: NOW });
    expect(when(closed, takeBack())).toEqual({ kind: 'workshopClosed' });
  });

  test('[W50] what lasted over a step was a meeting, though it was taken back', () => {
    const later = given(...FOUR, step(1), swap, step(2, NOW + 1));
    const after = fold(later, when(later, takeBack(state.version)) as WorkshopEvent[])!;
    expect(metSoFar(after)).toContainEqual(state.seating);
  });
});

describe('pins', () => {
  test('[W48] a seat is pinned and unpinned once; who has no seat is refused', () => {
    expect(when(given(...FOUR), { kind: 'pinSeat', seat: seat('a') })).toEqual([pinned('a')]);
    const state = given(...FOUR, pinned('a'));
    expect(when(state, { kind: 'pinSeat', seat: seat('a') })).toEqual([]);
    expect(when(state, { kind: 'unpinSeat', seat: seat('a') })).toEqual([{ kind: 'seatUnpinned', seat: 'a', at: NOW }]);
    expect(when(state, { kind: 'unpinSeat', seat: seat('b') })).toEqual([]);
    expect(when(state, { kind: 'pinSeat', seat: seat('nobody') })).toEqual({ kind: 'seatUnknown' });
  });

  test('[W58] pins and the mix are in the view of who runs the workshop, and in nobody else’s bytes', () => {
    const state = given(...FOUR, pinned('a'), mixed(table('south', 'a')));
    for (const role of ['organizer', 'facilitator'] as const) {
      expect(view(state, actor(role), NOW).mixing).toEqual({ pinned: ['a'], mix: state.version });
    }
    for (const role of ['participant', 'observer', 'translator'] as const) {
      expect(JSON.stringify(view(state, actor(role, 'a'), NOW))).not.toMatch(/mix|pinned/);
    }
  });
});

test('[W57] events of before fold to what they did, and the number of the last change of seats', () => {
  const state = given(...FOUR, step(1), { kind: 'stepExtended', endsAt: NOW, at: NOW });
  expect(state).toEqual({
    id: 'w',
    forumId: 'f',
    version: 7,
    script: WRITE_TOGETHER,
    rooms: [
      { id: 'north', name: 'north' },
      { id: 'south', name: 'south' },
    ],
    seating: new Map([
      ['a', 'north'],
      ['b', 'south'],
      ['c', 'north'],
      ['d', 'south'],
    ]),
    seatedAt: 5,
    arrangedAt: 1,
    step: { id: 'step2', index: 1, began: 6, startedAt: NOW, endsAt: NOW, before: 'step1' },
    kept: new Map([['step1', { left: null, rooms: new Map() }]]),
    sat: new Map([['step1', state.seating]]),
    closed: false,
  });
});
