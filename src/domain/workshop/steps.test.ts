import { describe, expect, test } from 'vitest';
import type { Actor } from '../forum/seat.ts';
import type { ForumId, RoomId, SeatId, StepId, WorkshopId } from '../ids.ts';
import { access } from '../permissions/access.ts';
import type { Script } from '../script/step.ts';
import type { WorkshopCommand } from './commands.ts';
import { decide } from './decide.ts';
import { due } from './decide-turns.ts';
import type { WorkshopEvent } from './events.ts';
import { fold } from './evolve.ts';
import { forecast } from './forecast.ts';
import type { WorkshopState } from './state.ts';
import { nextMoment } from './time.ts';
import { toStore, upcast, type StoredEvent } from './upcast.ts';
import { view } from './view.ts';

const MINUTE = 60_000;
const GRACE = 30_000;
const NOW = 1_000_000;
const id = <T extends string>(text: string) => text as T;
const [ARRIVE, FIRST, SECOND, LAST] = ['arrive', 'first', 'second', 'last'].map((name) => name as StepId) as [
  StepId,
  StepId,
  StepId,
  StepId,
];
const [NORTH, SOUTH] = [id<RoomId>('north'), id<RoomId>('south')];
const host: Actor = { seatId: id<SeatId>('host'), role: 'facilitator' };
const other: Actor = { seatId: id<SeatId>('other'), role: 'facilitator' };
const aida: Actor = { seatId: id<SeatId>('aida'), role: 'participant' };
const bolot: Actor = { seatId: id<SeatId>('bolot'), role: 'participant' };

const SCRIPT: Script = [
  { id: ARRIVE, kind: 'arrive', minutes: null },
  { id: FIRST, kind: 'writeTogether', minutes: 20 },
  { id: SECOND, kind: 'writeTogether', minutes: 10 },
  { id: LAST, kind: 'close', minutes: null },
];
const BEGINNING: readonly WorkshopEvent[] = [
  {
    kind: 'workshopOpened',
    workshop: id<WorkshopId>('w'),
    forum: id<ForumId>('f'),
    script: SCRIPT,
    rooms: [NORTH, SOUTH].map((room) => ({ id: room, name: room })),
    at: NOW,
  },
  { kind: 'seatTaken', seat: aida.seatId, room: NORTH, at: NOW },
  { kind: 'seatTaken', seat: bolot.seatId, room: SOUTH, at: NOW },
];

/** A workshop that goes on by commands alone, each at its minute. */
class Played {
  state = fold(null, BEGINNING)!;
  events: readonly WorkshopEvent[] = BEGINNING;

  ask(command: WorkshopCommand, minute = 0, by = host) {
    const decision = decide(this.state, command, by, NOW + minute * MINUTE);
    if (!decision.ok) return decision.refusal;
    this.add(decision.value);
    return decision.value;
  }
  add(events: readonly WorkshopEvent[]): void {
    this.state = fold(this.state, events)!;
    this.events = [...this.events, ...events];
  }
  next(from: StepId, minute = 0, by = host) {
    return this.ask({ kind: 'next', from }, minute, by);
  }
  /** Milliseconds that somebody's clock shows at a minute. */
  left(minute: number, by = host): number | null {
    const { step } = view(this.state, by, NOW + minute * MINUTE);
    return step.left ?? (step.endsAt === null ? null : step.endsAt - NOW - minute * MINUTE);
  }
  writes(who: Actor, minute: number): boolean {
    const room = this.state.seating.get(who.seatId)!;
    return access({ kind: 'board', room }, who, this.state, NOW + minute * MINUTE) === 'write';
  }
}

const writing = () => {
  const played = new Played();
  played.next(ARRIVE);
  return played;
};
const half = 0.5; // of a minute: the grace

describe('turns', () => {
  test('[W60] two facilitators who press next at once go one step, and both are told it is done', () => {
    const played = new Played();
    expect(played.next(ARRIVE)).toEqual([
      { kind: 'stepStarted', step: FIRST, endsAt: NOW + 20 * MINUTE, by: 'host', at: NOW },
    ]);
    expect(played.next(ARRIVE, 0, other)).toEqual([]);
    expect(played.state.step.id).toBe(FIRST);
  });

  test('[W60] pressed for a step that is over, or that has run again since, it moves nobody', () => {
    const played = writing();
    const { began } = played.state.step;
    played.next(FIRST, 1);
    expect(played.next(ARRIVE, 1)).toEqual({ kind: 'stepChanged' });
    expect(played.next(id('unknown'), 1)).toEqual({ kind: 'stepChanged' });
    played.ask({ kind: 'back', from: SECOND }, 2);
    expect(played.state.step).toMatchObject({ id: FIRST });
    expect(played.ask({ kind: 'next', from: FIRST, began }, 2)).toEqual({ kind: 'stepChanged' });
    expect(played.state.step.id).toBe(FIRST);
    // that the next step runs is no sign that it was come to from here
    const jumped = new Played();
    jumped.ask({ kind: 'startStep', step: SECOND });
    expect(jumped.next(FIRST)).toEqual({ kind: 'stepChanged' });
  });

  test('[W60] from the last step there is no next, before the first none, and a closed workshop stands', () => {
    const played = new Played();
    expect(played.ask({ kind: 'back', from: ARRIVE })).toEqual({ kind: 'stepUnknown' });
    played.ask({ kind: 'startStep', step: LAST });
    expect(played.next(LAST)).toEqual({ kind: 'stepUnknown' });
    played.ask({ kind: 'closeWorkshop' });
    for (const kind of ['next', 'back', 'keepWriting', 'pauseStep', 'resumeStep'] as const) {
      expect(played.ask({ kind, from: LAST })).toEqual({ kind: 'workshopClosed' });
    }
  });

  test('[W61] where pens are taken away, people have 30 seconds; until then everything can still be called off', () => {
    const played = writing();
    played.next(FIRST, 1);
    expect(played.state.step.id).toBe(SECOND); // both are written in: nobody's pen is taken
    expect(played.next(SECOND, 3)).toMatchObject([{ kind: 'turnAnnounced', to: LAST, startsAt: NOW + 3.5 * MINUTE }]);
    expect(played.next(SECOND, 3.1, other)).toEqual([]);
    expect(played.ask({ kind: 'back', from: SECOND }, 3.1)).toEqual({ kind: 'stepEnding' });
    expect(played.ask({ kind: 'pauseStep', from: SECOND }, 3.1)).toEqual({ kind: 'stepEnding' });
    const { began } = played.state.step;
    expect(played.ask({ kind: 'takeBackTurn', began }, 3.1)).toEqual({ kind: 'stepEnding' });
    expect(played.left(3.25, aida)).toBe(-15_000); // a clock that is 15 seconds into its grace
    expect([played.writes(aida, 3.49), played.writes(aida, 3.5)]).toEqual([true, false]);
    expect(view(played.state, host, NOW).turning?.turn).toEqual({ to: LAST, startsAt: NOW + 3.5 * MINUTE });
    expect(view(played.state, aida, NOW).turning).toBeUndefined();

    expect(played.ask({ kind: 'keepWriting', from: SECOND }, 3.4)).toMatchObject([{ kind: 'turnCalledOff' }]);
    expect(played.ask({ kind: 'keepWriting', from: SECOND }, 3.4)).toEqual([]);
    expect(played.left(4)).toBe(7 * MINUTE);
    expect(due(played.state, NOW + 9 * MINUTE)).toEqual([]);
  });

  test('[W61] “End now” ends the grace, and nobody is asked when nobody writes', () => {
    const played = writing();
    played.ask({ kind: 'startStep', step: SECOND });
    played.next(SECOND, 1);
    expect(played.ask({ kind: 'next', from: SECOND, atOnce: true }, 1.2)).toMatchObject([{ step: LAST, endsAt: null }]);
    expect(played.state.step.turn).toBeUndefined();
    const late = writing();
    late.ask({ kind: 'startStep', step: SECOND });
    expect(late.next(SECOND, 10 + half)).toMatchObject([{ kind: 'stepStarted', step: LAST }]);
  });

  test('[W61] the step begins when it was announced to, whoever looks or asks first, and once', () => {
    const played = writing();
    played.ask({ kind: 'startStep', step: SECOND });
    played.next(SECOND, 1);
    expect(nextMoment(played.state, NOW + MINUTE)).toBe(NOW + 1.5 * MINUTE);
    expect(due(played.state, NOW + 1.5 * MINUTE - 1)).toEqual([]);
    const begun = [{ kind: 'stepStarted', step: LAST, endsAt: null, at: NOW + 1.5 * MINUTE }];
    expect(due(played.state, NOW + 60 * MINUTE)).toEqual(begun);
    // a command that comes first finds the step begun
    expect(played.ask({ kind: 'keepWriting', from: SECOND }, 2)).toEqual({ kind: 'stepChanged' });
    const undone = played.ask({ kind: 'takeBackTurn', began: played.state.version + 1 }, 2);
    expect(undone).toMatchObject([...begun, { kind: 'stepStarted', step: SECOND }]);
    expect(played.left(2)).toBe(9 * MINUTE); // the grace cost the step nothing
    expect(due(played.state, NOW + 60 * MINUTE)).toEqual([]);
  });

  test('[W61] a workshop that closes meanwhile begins nothing', () => {
    const played = writing();
    played.ask({ kind: 'startStep', step: SECOND });
    played.next(SECOND, 1);
    played.ask({ kind: 'closeWorkshop' }, 1.1);
    played.ask({ kind: 'reopenWorkshop' }, 9);
    expect(due(played.state, NOW + 20 * MINUTE)).toEqual([]);
    expect(played.state.step.id).toBe(SECOND);
  });

  test('[W62] back goes on with what was left, room by room; on again begins with the whole time', () => {
    const played = writing();
    played.ask({ kind: 'extendStep', minutes: 3, room: NORTH }, 5);
    played.next(FIRST, 8);
    expect(view(played.state, host, NOW + 9 * MINUTE).turning).toMatchObject({
      next: { step: LAST, takesPens: true, left: null },
      back: { step: FIRST, takesPens: false, left: 12 * MINUTE },
      before: FIRST,
    });
    played.ask({ kind: 'back', from: SECOND }, 30);
    expect([played.left(30), played.left(30, aida), played.left(30, bolot)]).toEqual(
      [12, 15, 12].map((m) => m * MINUTE),
    );
    played.next(FIRST, 31);
    expect(played.left(31, aida)).toBe(10 * MINUTE);
  });

  test('[W62] what had run out begins no second time: its grace, and minutes that are added, are left', () => {
    const played = writing();
    played.next(FIRST, 25);
    played.ask({ kind: 'back', from: SECOND }, 26);
    expect([played.left(26), played.writes(aida, 26.4), played.writes(aida, 26 + half)]).toEqual([0, true, false]);
    played.ask({ kind: 'extendStep', minutes: 3 }, 27);
    expect(played.writes(aida, 29)).toBe(true);
  });

  test('[W62] a turn is taken back once, forwards and backwards, with the time of before', () => {
    const played = writing();
    const { began } = played.state.step;
    played.next(FIRST, 5);
    const on = played.state.step.began;
    expect(played.ask({ kind: 'takeBackTurn', began }, 5)).toEqual({ kind: 'stepChanged' });
    expect(played.ask({ kind: 'takeBackTurn', began: on }, 6)).toMatchObject([{ step: FIRST, takesBack: on }]);
    expect(played.left(6)).toBe(15 * MINUTE);
    expect(played.ask({ kind: 'takeBackTurn', began: on }, 6, other)).toEqual([]);
    expect(played.ask({ kind: 'takeBackTurn', began: played.state.step.began }, 6)).toEqual({ kind: 'stepChanged' });

    played.next(FIRST, 7);
    played.ask({ kind: 'back', from: SECOND }, 9);
    played.ask({ kind: 'takeBackTurn', began: played.state.step.began }, 9);
    expect(played.state.step.id).toBe(SECOND);
    expect(played.left(9)).toBe(8 * MINUTE);
    expect(played.ask({ kind: 'takeBackTurn', began: on }, 9)).toEqual({ kind: 'stepChanged' });
  });
});

describe('time', () => {
  test('[W63] minutes for one room are that room’s; for all they come on top', () => {
    const played = writing();
    played.ask({ kind: 'extendStep', minutes: 3, room: NORTH }, 1);
    expect([played.left(1, aida), played.left(1, bolot), played.left(1)]).toEqual([22, 19, 19].map((m) => m * MINUTE));
    played.ask({ kind: 'extendStep', minutes: 1 }, 2);
    expect([played.left(2, aida), played.left(2, bolot)]).toEqual([22, 19].map((m) => m * MINUTE));
    expect([played.writes(aida, 22), played.writes(bolot, 22)]).toEqual([true, false]);
    expect(played.ask({ kind: 'extendStep', minutes: 1, room: id('west') }, 2)).toEqual({ kind: 'roomUnknown' });
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
    expect(set(id('unknown'), 4)).toEqual({ kind: 'stepUnknown' });
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

describe('stored events', () => {
  /** As they lie in a database of before steps had ids. */
  const OLD = [
    '{"kind":"workshopOpened","workshop":"w","forum":"f","script":[{"kind":"arrive","minutes":null},{"kind":"writeTogether","minutes":30},{"kind":"close","minutes":null}],"rooms":[{"id":"north","name":"North"}],"at":1}',
    '{"kind":"seatTaken","seat":"aida","room":"north","at":2}',
    '{"kind":"stepStarted","index":1,"endsAt":1800003,"at":3}',
    '{"kind":"stepExtended","endsAt":1860003,"at":4}',
    '{"kind":"stepStarted","index":2,"endsAt":null,"at":5}',
    '{"kind":"stepStarted","index":1,"endsAt":1800006,"at":6}',
  ].map((line) => JSON.parse(line) as StoredEvent);

  test('[W67] those of before steps had ids fold to the same steps and times', () => {
    const state = fold(null, OLD.map(upcast))!;
    expect(state.step).toMatchObject({ id: 'step2', index: 1, startedAt: 6, endsAt: 1_800_006 });
    expect(state.script.map((step) => `${step.id} ${step.kind} ${step.minutes}`)).toEqual([
      'step1 arrive null',
      'step2 writeTogether 30',
      'step3 close null',
    ]);
    expect([state.version, state.seating.get(aida.seatId)]).toEqual([6, 'north']);
    const longer = fold(null, OLD.slice(0, 4).map(upcast))!.step;
    expect([longer.endsAt, longer.added]).toEqual([1_860_003, undefined]); // how many minutes it was nobody knows
    const on = decide(state, { kind: 'next', from: state.step.id, atOnce: true }, host, 7);
    expect(on).toMatchObject({ ok: true, value: [{ step: 'step3' }] });
  });

  test('[W67] today’s say their version and come back as they were; a later Dastarkhan’s are not guessed at', () => {
    const played = writing();
    played.ask({ kind: 'extendStep', minutes: 3, room: NORTH }, 1);
    played.ask({ kind: 'takeBackMinutes', added: played.state.version }, 1);
    played.ask({ kind: 'pauseStep', from: FIRST }, 2);
    played.ask({ kind: 'resumeStep', from: FIRST }, 3);
    played.ask({ kind: 'setLength', step: SECOND, minutes: null }, 3);
    played.next(FIRST, 3);
    played.next(SECOND, 4);
    played.ask({ kind: 'keepWriting', from: SECOND }, 4);
    const stored = played.events.map((event) => JSON.parse(JSON.stringify(toStore(event))) as StoredEvent);
    expect(stored.every(({ v }) => v === 2)).toBe(true);
    expect(fold(null, stored.map(upcast))).toEqual(played.state satisfies WorkshopState);
    expect(() => upcast({ ...stored[0]!, v: 3 } as never)).toThrow('later');
  });
});
