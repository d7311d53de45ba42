import { describe, expect, test } from 'vitest';
import type { Actor, Role } from '../forum/seat.ts';
import type { ForumId, RoomId, SeatId, WorkshopId } from '../ids.ts';
import { access } from '../permissions/access.ts';
import type { Refusal } from '../refusal.ts';
import { GRACE_MS } from '../script/grace.ts';
import { stepIdAt, WRITE_TOGETHER } from '../script/step.ts';
import type { WorkshopCommand } from './commands.ts';
import { decide } from './decide.ts';
import { followPlan, MOST_ROOMS } from './decide-rooms.ts';
import type { WorkshopEvent } from './events.ts';
import { evolve, fold } from './evolve.ts';
import type { WorkshopState } from './state.ts';
import { view } from './view.ts';

const MINUTE = 60_000;
const NOW = 1_000_000;
const seatId = (id: string) => id as SeatId;
const roomId = (id: string) => id as RoomId;
const actor = (role: Role, id: string = role): Actor => ({ seatId: seatId(id), role });
const facilitator = actor('facilitator');
const aida = actor('participant', 'aida');
const bolot = actor('participant', 'bolot');

const opened: WorkshopEvent = {
  kind: 'workshopOpened',
  workshop: 'w' as WorkshopId,
  forum: 'f' as ForumId,
  script: WRITE_TOGETHER,
  rooms: [
    { id: roomId('north'), name: 'North' },
    { id: roomId('south'), name: 'South' },
  ],
  at: NOW,
};
const seated = (seat: string, room: string): WorkshopEvent => ({
  kind: 'seatTaken',
  seat: seatId(seat),
  room: roomId(room),
  at: NOW,
});
const writing = (endsAt: number | null = NOW + 30 * MINUTE): WorkshopEvent => ({
  kind: 'stepStarted',
  step: stepIdAt(1),
  endsAt,
  at: NOW,
});
const closed: WorkshopEvent = { kind: 'workshopClosed', at: NOW };

const given = (...events: WorkshopEvent[]): WorkshopState => fold(null, [opened, ...events]) as WorkshopState;

function when(state: WorkshopState, command: WorkshopCommand, by: Actor = facilitator, now = NOW) {
  const decision = decide(state, command, by, now);
  return decision.ok ? decision.value : decision.refusal;
}

describe('seats', () => {
  test('[W17] a participant is seated in the room with the fewest seats, among equals in the first', () => {
    expect(when(given(), { kind: 'takeSeat' }, aida)).toEqual([seated('aida', 'north')]);
    expect(when(given(seated('x', 'north')), { kind: 'takeSeat' }, aida)).toEqual([seated('aida', 'south')]);
    expect(when(given(seated('x', 'north'), seated('y', 'south')), { kind: 'takeSeat' }, aida)).toEqual([
      seated('aida', 'north'),
    ]);
  });

  test('[W18] taking a seat again changes nothing, whatever the rooms have become', () => {
    expect(when(given(seated('aida', 'south')), { kind: 'takeSeat' }, aida)).toEqual([]);
  });

  test('[W19] a late participant is seated while a step runs and after the workshop has closed', () => {
    expect(when(given(writing(), closed), { kind: 'takeSeat' }, aida)).toEqual([seated('aida', 'north')]);
  });

  test('[W20] only participants take a seat', () => {
    for (const role of ['organizer', 'facilitator', 'observer', 'translator'] as const) {
      expect(when(given(), { kind: 'takeSeat' }, actor(role))).toEqual({ kind: 'notAllowed' } satisfies Refusal);
    }
  });

  test('[W21] a facilitator moves a seat to another room; unknown seats and rooms are refused', () => {
    const state = given(seated('aida', 'north'));
    const move = (seat: string, room: string) =>
      when(state, { kind: 'moveSeat', seat: seatId(seat), room: roomId(room) });
    expect(move('aida', 'south')).toEqual([{ kind: 'seatMoved', seat: 'aida', room: 'south', at: NOW }]);
    expect(move('aida', 'north')).toEqual([]);
    expect(move('nobody', 'south')).toEqual({ kind: 'seatUnknown' });
    expect(move('aida', 'west')).toEqual({ kind: 'roomUnknown' });
  });

  test('[W22] a removed seat frees its chair, once', () => {
    const state = given(seated('aida', 'north'));
    const remove: WorkshopCommand = { kind: 'removeSeat', seat: aida.seatId };
    expect(when(state, remove)).toEqual([{ kind: 'seatLeft', seat: 'aida', at: NOW }]);
    expect(when(given(), remove)).toEqual([]);
    expect(fold(state, [{ kind: 'seatLeft', seat: aida.seatId, at: NOW }])?.seating.size).toBe(0);
  });
});

describe('rooms', () => {
  const room = { id: roomId('west'), name: ' West ' };

  test('[W1] a room opens once, under a trimmed name', () => {
    const events = when(given(), { kind: 'openRoom', room });
    expect(events).toEqual([{ kind: 'roomOpened', room: { id: 'west', name: 'West' }, at: NOW }]);
    expect(when(given(...(events as WorkshopEvent[])), { kind: 'openRoom', room })).toEqual([]);
  });

  test('[W2] a room needs a name of at most 80 characters, and a workshop has at most 60 rooms', () => {
    expect(when(given(), { kind: 'openRoom', room: { ...room, name: ' ' } })).toEqual({
      kind: 'fieldMissing',
      field: 'room',
    });
    const north = (name: string, was: string, now: string) =>
      when(given({ kind: 'roomRenamed', room: roomId('north'), name: now, at: NOW }), {
        kind: 'renameRoom',
        room: roomId('north'),
        name,
        was,
      });
    expect(north('North hall', 'North', 'Big North')).toMatchObject([{ name: 'Big North hall' }]);
    expect(when(given(), { kind: 'renameRoom', room: roomId('north'), name: 'x'.repeat(81) })).toEqual({
      kind: 'fieldInvalid',
      field: 'room',
      reason: '≤ 80',
    });
    const rooms = Array.from({ length: MOST_ROOMS }, (_, i) => ({ id: roomId(`room${i}`), name: `${i}` }));
    const full = evolve(null, { ...opened, rooms });
    expect(when(full, { kind: 'openRoom', room })).toMatchObject({ kind: 'fieldInvalid', field: 'rooms' });
  });

  test('[W3] rooms follow the forum’s plan and are never removed by it', () => {
    const planned = [
      { id: roomId('north'), name: 'Nord' },
      { id: roomId('west'), name: 'West' },
    ];
    const events = followPlan(given(), planned, NOW);
    expect(events.map(({ kind }) => kind)).toEqual(['roomRenamed', 'roomOpened']);
    expect(given(...events).rooms.map(({ name }) => name)).toEqual(['Nord', 'South', 'West']);
    expect(followPlan(given(...events), planned, NOW)).toEqual([]);
  });
});

describe('steps and time', () => {
  test('[W4] a timed step ends its minutes after it starts; an untimed one runs on', () => {
    expect(when(given(), { kind: 'startStep', step: stepIdAt(1) })).toMatchObject([writing()]);
    expect(when(given(writing()), { kind: 'startStep', step: stepIdAt(2) })).toMatchObject([
      { step: stepIdAt(2), endsAt: null },
    ]);
    expect(when(given(), { kind: 'startStep', step: stepIdAt(9) })).toEqual({ kind: 'stepUnknown' });
  });

  test('[W5] starting the step that runs changes nothing, and an earlier step can run again', () => {
    expect(when(given(writing()), { kind: 'startStep', step: stepIdAt(1) }, facilitator, NOW + MINUTE)).toEqual([]);
    expect(when(given(writing()), { kind: 'startStep', step: stepIdAt(0) })).toHaveLength(1);
  });

  test('[W31] who asked from a step that is over moves nobody and adds no time', () => {
    const closing: WorkshopEvent = { kind: 'stepStarted', step: stepIdAt(2), endsAt: null, at: NOW };
    expect(when(given(writing(), closing), { kind: 'startStep', step: stepIdAt(1), from: stepIdAt(0) })).toEqual({
      kind: 'stepChanged',
    });
    expect(when(given(writing(), closing), { kind: 'extendStep', minutes: 3, from: stepIdAt(1) })).toEqual({
      kind: 'stepChanged',
    });
    expect(when(given(writing()), { kind: 'startStep', step: stepIdAt(1), from: stepIdAt(0) })).toEqual([]);
    expect(when(given(writing()), { kind: 'startStep', step: stepIdAt(2), from: stepIdAt(1) })).toHaveLength(1);
    expect(when(given(writing()), { kind: 'extendStep', minutes: 3, from: stepIdAt(1) })).toHaveLength(1);
  });

  test('[W6] minutes are added to what is left, or to now when the time is up', () => {
    const extend = (minutes: 1 | 3, now: number) =>
      when(given(writing(NOW + MINUTE)), { kind: 'extendStep', minutes }, facilitator, now);
    expect(extend(3, NOW)).toMatchObject([{ endsAt: NOW + 4 * MINUTE }]);
    expect(extend(1, NOW + 10 * MINUTE)).toMatchObject([{ endsAt: NOW + 11 * MINUTE }]);
    expect(when(given(), { kind: 'extendStep', minutes: 1 })).toEqual([]);
  });

  test('[W7] closing and reopening keep every room, seat and step', () => {
    const before = given(seated('aida', 'north'), writing());
    const after = fold(before, [closed, { kind: 'workshopReopened', at: NOW }]);
    expect(after).toEqual({ ...before, version: before.version + 2 });
  });

  test('[W8] a closed workshop refuses steps, time and rooms until it is reopened', () => {
    const state = given(writing(), closed);
    for (const command of [
      { kind: 'startStep', step: stepIdAt(0) },
      { kind: 'extendStep', minutes: 1 },
      { kind: 'openRoom', room: { id: roomId('west'), name: 'West' } },
    ] as const) {
      expect(when(state, command)).toEqual({ kind: 'workshopClosed' });
    }
    expect(when(state, { kind: 'reopenWorkshop' })).toEqual([{ kind: 'workshopReopened', at: NOW }]);
    expect(when(state, { kind: 'closeWorkshop' })).toEqual([]);
  });

  test('[W9] a timed step’s board stays writable for 30 seconds after its end, and longer when time is added', () => {
    const ends = NOW + MINUTE;
    const state = given(seated('aida', 'north'), writing(ends));
    const at = (now: number, of = state) => access({ kind: 'board', room: roomId('north') }, aida, of, now);
    expect(at(ends)).toBe('write');
    expect(at(ends + GRACE_MS - 1)).toBe('write');
    expect(at(ends + GRACE_MS)).toBe('read');
    const extended = fold(state, [{ kind: 'stepExtended', endsAt: ends + 2 * MINUTE, at: ends }]) as WorkshopState;
    expect(at(ends + GRACE_MS, extended)).toBe('write');
  });
});

describe('view', () => {
  test('[P7] what a viewer may not open is not in the view; rooms and who sits there are', () => {
    const state = given(seated('aida', 'north'), seated('bolot', 'south'), writing());
    const seen = view(state, aida, NOW);
    expect(seen.me).toEqual({ seatId: 'aida', role: 'participant', room: 'north' });
    expect(seen.step).toEqual({
      id: 'step2',
      index: 1,
      began: 4,
      kind: 'writeTogether',
      task: 'write',
      board: 'write',
      startedAt: NOW,
      endsAt: NOW + 30 * MINUTE,
    });
    expect(seen.rooms).toEqual([
      { id: 'north', name: 'North', access: 'write', document: 'board/north', seated: 1, seats: ['aida'] },
      { id: 'south', name: 'South', access: 'none', seated: 1, seats: [] },
    ]);
    expect(JSON.stringify(seen)).not.toContain('board/south');
    expect(view(state, facilitator, NOW).rooms.map(({ document }) => document)).toEqual(['board/north', 'board/south']);
    expect(view(state, bolot, NOW).version).toBe(state.version);
  });

  test('[W10] a view is plain JSON', () => {
    const seen = view(given(seated('aida', 'north')), aida, NOW);
    expect(JSON.parse(JSON.stringify(seen))).toEqual(seen);
  });
});

describe('frozen boards', () => {
  const state = () => given(seated('aida', 'north'), writing());
  const freeze = { kind: 'freezeBoards', from: stepIdAt(1), began: 3 } as const;
  const after = (from: WorkshopState, command: WorkshopCommand) => {
    const decision = decide(from, command, facilitator, NOW);
    if (!decision.ok) throw new Error(decision.refusal.kind);
    return fold(from, decision.value)!;
  };
  const mayWrite = (from: WorkshopState, who = aida) =>
    access({ kind: 'board', room: roomId('north') }, who, from, NOW) === 'write';

  test('[W79] everybody in the rooms only reads, at once and without grace, and then writes again', () => {
    const frozen = after(state(), freeze);
    expect([mayWrite(state()), mayWrite(frozen), mayWrite(frozen, facilitator)]).toEqual([true, false, true]);
    expect([aida, facilitator].map((who) => view(frozen, who, NOW).frozen)).toEqual([true, true]);
    expect(view(frozen, aida, NOW).step.endsAt).toBe(NOW + 30 * MINUTE);
    expect(when(frozen, freeze)).toEqual([]);
    const again = after(frozen, { ...freeze, kind: 'unfreezeBoards' });
    expect([mayWrite(again), view(again, aida, NOW).frozen]).toEqual([true, undefined]);
    expect(when(state(), freeze, aida)).toEqual({ kind: 'notAllowed' });
  });

  test('[W79] another step ends it, as closing does, and it is not meant for one that was not seen', () => {
    const frozen = after(state(), freeze);
    const next = after(frozen, { kind: 'next', from: stepIdAt(1) });
    expect([next.step.id, next.frozen]).toEqual([stepIdAt(2), undefined]);
    expect(when(next, freeze)).toEqual({ kind: 'stepChanged' });
    expect(when(given(writing()), { ...freeze, began: 1 })).toEqual({ kind: 'stepChanged' });
    const over = after(frozen, { kind: 'closeWorkshop' });
    expect([over.frozen, when(over, freeze)]).toEqual([undefined, { kind: 'workshopClosed' }]);
  });
});
