import { describe, expect, test } from 'vitest';
import type { RoomId, StepId } from '../ids.ts';
import { MINUTE } from '../script/step.ts';
import { due } from './decide-turns.ts';
import { forecast } from './forecast.ts';
import {
  Played,
  writing,
  GRACE,
  NOW,
  host,
  other,
  aida,
  bolot,
  ARRIVE,
  FIRST,
  SECOND,
  NORTH,
  SOUTH,
} from './played.sample.ts';
import { nextMoment } from './time.ts';
import { view } from './view.ts';

describe('time', () => {
  test('[W63] minutes for one room are that room’s; for all they come on top', () => {
    const played = writing();
    played.ask({ kind: 'extendStep', minutes: 3, room: NORTH }, 1);
    expect([played.left(1, aida), played.left(1, bolot), played.left(1)]).toEqual([22, 19, 19].map((m) => m * MINUTE));
    played.ask({ kind: 'extendStep', minutes: 1 }, 2);
    expect([played.left(2, aida), played.left(2, bolot)]).toEqual([22, 19].map((m) => m * MINUTE));
    expect([played.writes(aida, 22), played.writes(bolot, 22)]).toEqual([true, false]);
    expect(played.ask({ kind: 'extendStep', minutes: 1, room: 'west' as RoomId }, 2)).toEqual({ kind: 'roomUnknown' });
    expect(played.ask({ kind: 'extendStep', minutes: 1, from: ARRIVE }, 2)).toEqual({ kind: 'stepChanged' });
    expect(view(played.state, host, NOW).rooms.map(({ more }) => more)).toEqual([3 * MINUTE, undefined]);
    expect(JSON.stringify(view(played.state, bolot, NOW))).not.toContain('more');
  });

  test('[W63] a room whose time is up is given minutes from now on', () => {
    const played = writing();
    played.ask({ kind: 'extendStep', minutes: 1, room: SOUTH }, 40);
    expect([played.left(40, bolot), played.writes(bolot, 41), played.writes(aida, 41)]).toEqual([MINUTE, true, false]);
  });

  test('[W63] what was added is taken back once, the right minutes of the right room, and nobody’s pen without grace', () => {
    const played = writing();
    played.ask({ kind: 'extendStep', minutes: 3, room: NORTH }, 1);
    const north = played.state.version;
    played.ask({ kind: 'extendStep', minutes: 1 }, 1);
    const all = played.state.version;
    expect(view(played.state, host, NOW).turning?.added).toEqual({ version: all, minutes: 1, room: null });
    played.ask({ kind: 'takeBackMinutes', added: north }, 2);
    expect(played.ask({ kind: 'takeBackMinutes', added: north }, 2, other)).toEqual([]);
    expect([played.left(2, aida), played.left(2, bolot)]).toEqual([19, 19].map((m) => m * MINUTE));
    played.ask({ kind: 'takeBackMinutes', added: all }, 20.25);
    expect(played.left(20.25, bolot)).toBe(0);
    expect(played.writes(aida, 20.7)).toBe(true);
    expect(view(played.state, host, NOW).turning?.added).toBeNull();
    played.next(FIRST, 20.5);
    expect(played.ask({ kind: 'takeBackMinutes', added: all }, 21)).toEqual({ kind: 'stepChanged' });
  });

  test('[W63] of many that were added the latest can be taken back', () => {
    const played = writing();
    for (let count = 0; count < 21; count += 1) played.ask({ kind: 'extendStep', minutes: 1 }, 1);
    const last = played.state.version;
    expect(view(played.state, host, NOW).turning?.added?.version).toBe(last);
    expect(played.ask({ kind: 'takeBackMinutes', added: last - 20 }, 2)).toEqual({ kind: 'stepChanged' });
    expect(played.ask({ kind: 'takeBackMinutes', added: last }, 2)).toMatchObject([{ added: last }]);
  });

  test('[W160] the time is set to less and to more, for all; a room that has more keeps it, and it is taken back once', () => {
    const played = writing();
    played.ask({ kind: 'extendStep', minutes: 3, room: NORTH }, 1);
    const set = (minutes: number | null, minute: number) =>
      played.ask({ kind: 'setTime', minutes, from: FIRST, began: played.state.step.began }, minute);
    const left = (minute: number) => [aida, bolot].map((who) => played.left(minute, who)! / MINUTE);
    expect(set(5, 2)).toMatchObject([{ kind: 'timeSet', shift: -13 * MINUTE, by: 'host' }]);
    expect(left(2)).toEqual([8, 5]);
    expect(view(played.state, host, NOW).turning?.added).toEqual({
      version: played.state.version,
      minutes: -13,
      room: null,
      isSet: true,
    });
    const first = played.state.version;
    expect(set(5, 2)).toEqual([]);
    set(30, 3);
    expect(left(3)).toEqual([33, 30]);
    const second = played.state.version;
    played.ask({ kind: 'takeBackMinutes', added: second }, 4);
    expect(left(4)).toEqual([6, 3]);
    expect(played.ask({ kind: 'takeBackMinutes', added: second }, 4, other)).toEqual([]);
    played.ask({ kind: 'takeBackMinutes', added: first }, 4);
    expect(left(4)).toEqual([19, 16]);
    expect(view(played.afterRestart, aida, NOW).step.endsAt).toBe(view(played.state, aida, NOW).step.endsAt);
  });

  test('[W160] time that is set counts from now where it was up or stands, and nobody loses the pen without grace', () => {
    const played = writing();
    const set = (minute: number, minutes: number | null = 1) =>
      played.ask({ kind: 'setTime', minutes, from: FIRST }, minute);
    set(40);
    expect([played.left(40), played.writes(aida, 41.4), played.writes(aida, 41.6)]).toEqual([MINUTE, true, false]);
    played.ask({ kind: 'pauseStep', from: FIRST }, 40.5);
    set(60, 7);
    expect([played.left(60), played.writes(aida, 90)]).toEqual([7 * MINUTE, true]);
    expect(set(60, null)).toEqual({ kind: 'notAllowed' });
    played.ask({ kind: 'resumeStep', from: FIRST }, 70);
    expect(played.left(70)).toBe(7 * MINUTE);
    played.ask({ kind: 'takeBackMinutes', added: played.state.version - 1 }, 76.8);
    expect([played.left(76.8), played.writes(aida, 77)]).toEqual([0, true]);
  });

  test('[W160] a step without a limit is given one, and loses it again; what cannot be is refused', () => {
    const played = new Played();
    const set = (minutes: number | null, from = ARRIVE, by = host) =>
      played.ask({ kind: 'setTime', minutes, from }, 1, by);
    set(5);
    expect(played.left(1)).toBe(5 * MINUTE);
    expect(set(null)).toMatchObject([{ kind: 'timeSet', endsAt: null }]);
    expect([played.left(1), view(played.state, host, NOW).turning?.added]).toEqual([null, null]);
    for (const minutes of [0, 0.5, -3, 601]) expect(set(minutes)).toMatchObject({ field: 'minutes' });
    expect(set(5, FIRST)).toEqual({ kind: 'stepChanged' });
    expect(set(5, ARRIVE, aida)).toEqual({ kind: 'notAllowed' });
    played.next(ARRIVE, 2);
    played.next(FIRST, 3);
    played.next(SECOND, 4);
    expect(set(5, SECOND)).toEqual({ kind: 'stepEnding' });
  });

  test('[W64] a paused clock stands, for rooms with minutes of their own too, and goes on with what was left', () => {
    const played = writing();
    played.ask({ kind: 'extendStep', minutes: 3, room: NORTH }, 1);
    expect(played.ask({ kind: 'pauseStep', from: FIRST }, 15)).toMatchObject([{ kind: 'stepPaused' }]);
    expect(played.ask({ kind: 'pauseStep', from: FIRST }, 16, other)).toEqual([]);
    expect([played.left(90, aida), played.left(90, bolot)]).toEqual([8, 5].map((m) => m * MINUTE));
    expect(view(played.state, aida, NOW + 90 * MINUTE).step.endsAt).toBeNull();
    expect(played.writes(aida, 90)).toBe(true);
    for (const minute of [16, 90]) expect(nextMoment(played.state, NOW + minute * MINUTE)).toBeNull();
    played.ask({ kind: 'extendStep', minutes: 1 }, 95);
    played.ask({ kind: 'resumeStep', from: FIRST }, 100);
    expect(played.ask({ kind: 'resumeStep', from: FIRST }, 101)).toEqual([]);
    expect([played.left(100, aida), played.left(100, bolot)]).toEqual([9, 6].map((m) => m * MINUTE));
  });

  test('[W64] what has no clock, or none that runs, is not paused', () => {
    const played = new Played();
    expect(played.ask({ kind: 'pauseStep', from: ARRIVE })).toEqual([]);
    played.next(ARRIVE);
    expect(played.ask({ kind: 'pauseStep', from: ARRIVE }, 1)).toEqual({ kind: 'stepChanged' });
    expect(played.ask({ kind: 'pauseStep', from: FIRST }, 21)).toEqual({ kind: 'stepEnded' });
  });

  test('[W64] a paused step that is left is gone on with later, and a turn from it has its grace', () => {
    const played = writing();
    played.ask({ kind: 'startStep', step: SECOND }, 0);
    played.ask({ kind: 'pauseStep', from: SECOND }, 4);
    played.next(SECOND, 60);
    expect([played.left(60.25, aida), played.writes(aida, 60.4)]).toEqual([-15_000, true]);
    for (const command of [
      { kind: 'extendStep', minutes: 1 },
      { kind: 'pauseStep', from: SECOND },
    ] as const) {
      expect(played.ask(command, 60.1)).toEqual(command.kind === 'pauseStep' ? [] : { kind: 'stepEnding' });
    }
    played.add(due(played.state, NOW + 61 * MINUTE));
    played.ask({ kind: 'takeBackTurn', began: played.state.step.began }, 62);
    expect(played.left(62)).toBe(6 * MINUTE);
  });

  test('[W65] the length of a step that has not begun is set; of one that has, or cannot be, it is refused', () => {
    const played = writing();
    const set = (step: StepId, minutes: number | null) => played.ask({ kind: 'setLength', step, minutes }, 1);
    expect(set(SECOND, 4)).toMatchObject([{ kind: 'lengthSet', step: SECOND, minutes: 4 }]);
    expect(set(SECOND, 4)).toEqual([]);
    expect(set(FIRST, 4)).toEqual({ kind: 'stepBegun' });
    expect(set(ARRIVE, 4)).toEqual({ kind: 'stepBegun' });
    expect(set('unknown' as StepId, 4)).toEqual({ kind: 'stepUnknown' });
    for (const minutes of [0, -1, 0.5, 601, Number.NaN])
      expect(set(SECOND, minutes)).toMatchObject({ field: 'minutes' });
    played.next(FIRST, 2);
    expect(played.left(2)).toBe(4 * MINUTE);
  });

  test('[W66] ahead of or behind the plan of when work began, and when it will end', () => {
    const played = new Played();
    const at = (minute: number) => {
      const found = forecast(view(played.state, host, NOW + minute * MINUTE), NOW + minute * MINUTE);
      return found && [(found.endsAt - NOW) / MINUTE, found.behind === null ? null : found.behind / MINUTE];
    };
    expect(at(7)).toEqual([37, null]); // people still arrive
    played.ask({ kind: 'setLength', step: SECOND, minutes: 5 }, 8); // preparation
    played.next(ARRIVE, 10);
    expect(at(10)).toEqual([35, 0]);
    played.ask({ kind: 'extendStep', minutes: 3, room: NORTH }, 11);
    expect(at(11)).toEqual([38, 3]);
    played.ask({ kind: 'setLength', step: SECOND, minutes: 1 }, 12);
    expect(at(12)).toEqual([34, -1]);
    played.ask({ kind: 'pauseStep', from: FIRST }, 20);
    expect(at(25)).toEqual([39, 4]);
    played.ask({ kind: 'resumeStep', from: FIRST }, 25);
    expect(at(60)).toEqual([61, 26]); // overrun
    played.next(FIRST, 60);
    expect(at(60)).toEqual([61, 26]); // the plan is the first one
    played.next(SECOND, 60.25);
    expect(at(60.25)).toEqual([60.75, 25.75]); // with the grace
    played.ask({ kind: 'keepWriting', from: SECOND }, 60.5);
    played.ask({ kind: 'next', from: SECOND, atOnce: true }, 61);
    expect(at(61)).toBeNull();
  });

  test('[W66] a first turn that is taken back leaves no plan behind', () => {
    const played = writing();
    played.ask({ kind: 'takeBackTurn', began: played.state.step.began }, 1);
    expect(view(played.state, host, NOW).turning?.plannedEnd).toBeNull();
  });

  test('[W68] the next moment is the earliest at which something changes by itself', () => {
    const played = writing();
    expect(nextMoment(played.state, NOW)).toBe(NOW + 20 * MINUTE + GRACE);
    played.ask({ kind: 'extendStep', minutes: 3, room: NORTH }, 1);
    expect(nextMoment(played.state, NOW + 20 * MINUTE)).toBe(NOW + 20 * MINUTE + GRACE);
    expect(nextMoment(played.state, NOW + 20 * MINUTE + GRACE)).toBe(NOW + 23 * MINUTE + GRACE);
    expect(nextMoment(played.state, NOW + 23 * MINUTE + GRACE)).toBeNull();
  });
});
