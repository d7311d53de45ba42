import { describe, expect, test } from 'vitest';
import type { RoomId, SeatId, StepId } from '../ids.ts';
import { seatingOf } from '../script/seating-of.ts';
import { MINUTE, type Script, type Step } from '../script/step.ts';
import type { WorkshopCommand } from './commands.ts';
import type { PlannedMix } from './decide-mixing.ts';
import { due } from './decide-turns.ts';
import type { WorkshopEvent } from './events.ts';
import { metSoFar } from './evolve-mixing.ts';
import { Given, GRACE, NOW, host, other, actor } from './played.sample.ts';
import { satIn, seatsFor } from './seats-for.ts';
import { nextMoment } from './time.ts';
import { view } from './view.ts';

const id = (text: string) => text as StepId;
const seat = (text: string) => text as SeatId;
const room = (text: string) => text as RoomId;
const aida = actor('a');

const SCRIPT: Script = [
  { id: id('arrive'), kind: 'arrive', minutes: null },
  { id: id('talk'), kind: 'talk', minutes: 10, place: 'rooms' },
  { id: id('mixed'), kind: 'draft', minutes: 10, seating: 'shuffle', place: 'plenary' },
  { id: id('cafe'), kind: 'talk', minutes: 10, seating: 'rotate', place: { groups: 4 } },
  { id: id('home'), kind: 'draft', minutes: 10, seating: 'home' },
  { id: id('again'), kind: 'draft', minutes: 10, seating: { as: id('mixed') } },
  { id: id('close'), kind: 'close', minutes: null },
];
const SEATS = ['a north', 'b north', 'c south', 'd south'].map((at) => at.split(' ') as [SeatId, RoomId]);

/** A workshop that goes on by commands, each asked for at its second. */
class Played extends Given {
  constructor() {
    super(SCRIPT, SEATS);
  }
  get rooms() {
    return Object.fromEntries(this.state.seating);
  }
  get now(): string {
    return this.state.step.id;
  }
  ask(command: WorkshopCommand, second = 0, mix: PlannedMix | null = null, by = host) {
    const decision = this.when(command, by, NOW + second * 1000, { guests: new Map(), mix });
    return decision.ok ? decision.value.map(({ kind }) => kind) : decision.refusal;
  }
  /** Only time passes. */
  wait(second: number) {
    const events = due(this.state, NOW + second * 1000);
    this.add(events);
    return events.map(({ kind }) => kind);
  }
  plan(step: string, after: Record<string, string>): PlannedMix {
    return {
      way: 'mix',
      seed: 7,
      version: this.state.seatedAt,
      after: new Map(Object.entries(after)) as never,
      step: id(step),
    };
  }
}

const seating = ({ seed, version }: PlannedMix) => ({ seed, version });
const SWAPPED = { a: 'south', b: 'north', c: 'north', d: 'south' };
const BEFORE = { a: 'north', b: 'north', c: 'south', d: 'south' };
/** From `BEFORE` to `SWAPPED` by hand, for no step. */
const swap: WorkshopEvent = {
  kind: 'roomsMixed',
  way: 'mix',
  seed: 1,
  tables: [
    { room: room('north'), seats: [seat('c')] },
    { room: room('south'), seats: [seat('a')] },
  ],
  at: NOW,
};

/** In “talk”, with rooms for “mixed” that were seen. */
function talking() {
  const played = new Played();
  played.ask({ kind: 'next', from: id('arrive') });
  const mix = played.plan('mixed', SWAPPED);
  const next = { kind: 'next', from: id('talk'), seating: seating(mix) } as const;
  return { played, mix, next };
}

describe('a step that seats people', () => {
  test('[W102] who moves is told before: 30 seconds, and then the rooms are those that were seen', () => {
    const { played, mix, next } = talking();
    expect(played.ask(next, 0, mix)).toEqual(['turnAnnounced']);
    expect(played.rooms).toEqual(BEFORE);
    expect(view(played.state, aida, NOW).me).toMatchObject({
      room: 'north',
      goesTo: { room: 'south', at: NOW + GRACE },
    });
    expect(view(played.state, { ...aida, seatId: seat('b') }, NOW).me.goesTo).toBeUndefined();
    expect(view(played.state, host, NOW).turning?.turn).toEqual({
      to: 'mixed',
      startsAt: NOW + GRACE,
      moves: 2,
      by: 'host',
    });
    expect(nextMoment(played.state, NOW)).toBe(NOW + GRACE);
    expect(played.wait(29)).toEqual([]);
    expect(played.wait(30)).toEqual(['roomsMixed', 'stepStarted']);
    expect([played.now, played.rooms]).toEqual(['mixed', SWAPPED]);
    expect(view(played.state, aida, NOW).me).toEqual({ seatId: 'a', role: 'participant', room: 'south' });
  });

  test('[W102] while it is announced the clock of all runs until it begins, whatever was left, and then as before', () => {
    for (const second of [60, 9 * 60 + 50, 15 * 60]) {
      const { played, mix, next } = talking();
      const at = NOW + second * 1000;
      const clocks = () => [host, aida].map((who) => view(played.state, who, at).step);
      const before = clocks();
      played.ask(next, second, mix);
      const time = { endsAt: at + GRACE, roomsAt: at + GRACE };
      expect(clocks()).toEqual(before.map((clock) => ({ ...clock, ...time })));
      played.ask({ kind: 'pinSeat', seat: seat('a') }, second);
      expect(clocks()).toMatchObject([time, time]);
      played.ask({ kind: 'keepWriting', from: id('talk') }, second);
      expect(clocks()).toEqual(before);
    }
  });

  test('[W61] [W102] where pens are taken with it, it is their grace', () => {
    const { played, mix, next } = talking();
    played.ask(next, 0, mix);
    played.wait(30);
    const cafe = { ...played.plan('cafe', BEFORE), way: 'rotate' as const };
    played.ask({ kind: 'next', from: id('mixed'), seating: seating(cafe) }, 60, cafe);
    const { step } = view(played.state, aida, NOW + 60_000);
    expect([step.endsAt, step.roomsAt]).toEqual([NOW + 60_000, undefined]);
    // nobody writes any more
    const late = talking();
    late.played.ask(late.next, 0, late.mix);
    late.played.wait(30);
    const then = { ...late.played.plan('cafe', BEFORE), way: 'rotate' as const };
    late.played.ask({ kind: 'next', from: id('mixed'), seating: seating(then) }, 20 * 60, then);
    expect(view(late.played.state, aida, NOW + 20 * MINUTE).step.roomsAt).toBe(NOW + 20 * MINUTE + GRACE);
  });

  test('[W102] at once is after it was told at the earliest', () => {
    const { played, mix, next } = talking();
    expect(played.ask({ ...next, atOnce: true }, 0, mix)).toEqual(['turnAnnounced']);
    expect(played.ask({ ...next, atOnce: true }, 1, mix)).toEqual(['roomsMixed', 'stepStarted']);
    expect([played.now, played.rooms]).toEqual(['mixed', SWAPPED]);
  });

  test('[W102] without a preview, and with one that moves nobody, everybody stays', () => {
    const { played } = talking();
    const stays = played.plan('mixed', BEFORE);
    expect(played.ask({ kind: 'next', from: id('talk'), seating: seating(stays) }, 0, stays)).toEqual(['stepStarted']);
    const again = talking().played;
    expect(again.ask({ kind: 'next', from: id('talk') })).toEqual(['stepStarted']);
    expect([again.now, again.rooms]).toEqual(['mixed', BEFORE]);
  });

  test.each([
    ['somebody was moved', { kind: 'seatMoved', seat: seat('a'), room: room('south'), at: NOW }],
    ['somebody was pinned', { kind: 'seatPinned', seat: seat('a'), at: NOW }],
    ['somebody left', { kind: 'seatLeft', seat: seat('d'), at: NOW }],
    ['a room was opened', { kind: 'roomOpened', room: { id: room('west'), name: 'west' }, at: NOW }],
  ] as const)('[W102] it is refused when %s since the preview', (_, since) => {
    const { played, mix, next } = talking();
    played.add([since]);
    expect(played.ask(next, 0, mix)).toEqual({ kind: 'seatsChanged' });
    expect(played.now).toBe('talk');
  });

  test('[W102] who sat down since the preview stops nobody, and stays where they sat down', () => {
    const { played, mix, next } = talking();
    played.ask({ kind: 'takeSeat' }, 0, null, { seatId: seat('late'), role: 'participant' });
    const there = played.rooms['late'];
    expect(played.ask(next, 1, mix)).toEqual(['turnAnnounced']);
    played.wait(31);
    expect(played.rooms).toEqual({ ...SWAPPED, late: there });
  });

  test('[W102] who left and sat down again since is not where the preview would take them from', () => {
    const { played, mix, next } = talking();
    played.ask({ kind: 'removeSeat', seat: seat('a') });
    played.ask({ kind: 'takeSeat' }, 0, null, aida);
    expect(played.rooms).toEqual(BEFORE);
    expect(played.ask(next, 1, mix)).toEqual({ kind: 'seatsChanged' });
  });

  test('[W102] a preview for another step, and one that nobody knows, are refused', () => {
    const { played, next } = talking();
    const wrong = played.plan('cafe', SWAPPED);
    expect(played.ask(next, 0, wrong)).toEqual({ kind: 'seatsChanged' });
    expect(played.ask(next, 0, null)).toEqual({ kind: 'seatsChanged' });
    const later = { seed: 7, version: played.state.seatedAt + 1 };
    expect(played.ask({ ...next, seating: later }, 0, played.plan('mixed', SWAPPED))).toEqual({ kind: 'seatsChanged' });
    const { step: _, ...byHand } = played.plan('mixed', SWAPPED);
    expect(played.ask(next, 0, byHand)).toEqual({ kind: 'seatsChanged' });
    expect(played.ask(next, 0, played.plan('mixed', SWAPPED), aida)).toEqual({ kind: 'notAllowed' });
  });

  test('[W60] [W102] of two who press with previews of their own the first one’s holds, and it is one step', () => {
    const { played, mix, next } = talking();
    expect(played.ask(next, 0, mix)).toEqual(['turnAnnounced']);
    const theirs = { ...played.plan('mixed', { ...BEFORE, d: 'north' }), seed: 8 };
    expect(played.ask({ ...next, seating: seating(theirs) }, 1, theirs, other)).toEqual([]);
    expect(played.wait(30)).toEqual(['roomsMixed', 'stepStarted']);
    expect(played.rooms).toEqual(SWAPPED);
    expect(played.ask({ ...next, seating: seating(theirs) }, 31, theirs, other)).toEqual([]);
    expect(played.now).toBe('mixed');
  });

  test('[W103] between the word and the move: who comes sits down, whoever is moved, pinned or gone is left alone', () => {
    const { played, mix, next } = talking();
    played.ask(next, 0, mix);
    played.add([{ kind: 'seatTaken', seat: seat('late'), room: room('south'), at: NOW }]);
    played.ask({ kind: 'pinSeat', seat: seat('a') }, 1);
    expect(view(played.state, aida, NOW).me.goesTo).toBeUndefined();
    expect(view(played.state, host, NOW).turning?.turn?.moves).toBe(1);
    played.wait(30);
    expect(played.rooms).toEqual({ ...BEFORE, c: 'north', late: 'south' });

    const left = talking();
    left.played.ask(left.next, 0, left.mix);
    left.played.ask({ kind: 'removeSeat', seat: seat('c') }, 1);
    left.played.ask({ kind: 'moveSeat', seat: seat('a'), room: room('south') }, 1);
    left.played.ask({ kind: 'moveSeat', seat: seat('a'), room: room('north') }, 2);
    expect(left.played.wait(30)).toEqual(['stepStarted']);
    expect(left.played.rooms).toEqual({ a: 'north', b: 'north', d: 'south' });

    // other rooms for all
    const mixed = talking();
    const others = mixed.played.plan('mixed', { a: 'south', b: 'south', c: 'north', d: 'north' });
    mixed.played.ask({ ...mixed.next, seating: seating(others) }, 0, others);
    mixed.played.add([swap]);
    expect(view(mixed.played.state, host, NOW).turning?.turn?.moves).toBe(0);
    expect(mixed.played.wait(30)).toEqual(['stepStarted']);
    expect(mixed.played.rooms).toEqual(SWAPPED);
  });

  test('[W103] called off, closed or started by name it moves nobody', () => {
    for (const off of [
      { kind: 'keepWriting', from: id('talk') },
      { kind: 'closeWorkshop' },
      { kind: 'startStep', step: id('close') },
    ] as const) {
      const { played, mix, next } = talking();
      played.ask(next, 0, mix);
      played.ask(off, 1);
      expect(played.wait(60)).toEqual([]);
      expect(played.rooms).toEqual(BEFORE);
      expect(view(played.state, aida, NOW).me.goesTo).toBeUndefined();
    }
  });

  test('[W103] a command that comes once the time is over finds the step begun, and everybody in their rooms', () => {
    const { played, mix, next } = talking();
    played.ask(next, 0, mix);
    expect(played.ask({ kind: 'moveSeat', seat: seat('d'), room: room('north') }, 45)).toEqual([
      'roomsMixed',
      'stepStarted',
      'seatMoved',
    ]);
    expect(played.rooms).toEqual({ ...SWAPPED, d: 'north' });
    expect(played.state.step.startedAt).toBe(NOW + GRACE);
  });

  test('[W103] the turn is taken back with its rooms, once', () => {
    const { played, mix, next } = talking();
    played.ask(next, 0, mix);
    played.wait(30);
    const { began } = played.state.step;
    expect(played.ask({ kind: 'takeBackTurn', began }, 40)).toEqual(['mixTakenBack', 'stepStarted']);
    expect([played.now, played.rooms]).toEqual(['talk', BEFORE]);
    expect(played.ask({ kind: 'takeBackTurn', began }, 41)).toEqual([]);

    // nobody has met in it
    expect(metSoFar(played.state).map((seats) => Object.fromEntries(seats))).toEqual([BEFORE]);

    const since = talking();
    since.played.ask(since.next, 0, since.mix);
    since.played.wait(30);
    since.played.ask({ kind: 'moveSeat', seat: seat('a'), room: room('north') }, 31);
    since.played.ask({ kind: 'takeBackTurn', began: since.played.state.step.began }, 40);
    expect(since.played.rooms).toEqual(BEFORE);
  });

  test('[W103] a turn that is taken back takes back no rooms but its own', () => {
    const { played } = talking();
    const takeBack = () => played.ask({ kind: 'takeBackTurn', began: played.state.step.began });
    played.add([swap]);
    played.ask({ kind: 'next', from: id('talk') });
    expect([takeBack(), played.rooms]).toEqual([['stepStarted'], SWAPPED]);

    const again = talking();
    again.played.ask(again.next, 0, again.mix);
    again.played.wait(30);
    for (const step of ['cafe', 'mixed']) again.played.ask({ kind: 'startStep', step: id(step) }, 31);
    expect(again.played.ask({ kind: 'takeBackTurn', began: again.played.state.step.began }, 32)).toEqual([
      'stepStarted',
    ]);
    expect(again.played.rooms).toEqual(SWAPPED);
  });

  test('[W50] [W104] where everybody sat is kept for each step, and who worked together has met', () => {
    const { played, mix, next } = talking();
    played.ask(next, 0, mix);
    played.wait(30);
    expect(Object.fromEntries(satIn(played.state, id('talk'))!)).toEqual(BEFORE);
    expect(Object.fromEntries(satIn(played.state, id('mixed'))!)).toEqual(SWAPPED);
    expect(satIn(played.state, id('home'))).toBeNull();
    expect(metSoFar(played.state).map((seats) => Object.fromEntries(seats))).toEqual([BEFORE, SWAPPED]);
  });
});

describe('what a step asks for', () => {
  const of = (step: Partial<Step>) => seatingOf({ ...step });
  test('[W101] rooms are mixed for a shuffle and for rotating; pairs, groups and what is kept move nobody, but for tables that rotate', () => {
    expect([of({}), of({ seating: 'keep' }), of({ seating: 'join', place: { groups: 4 } })]).toEqual([
      null,
      null,
      null,
    ]);
    expect(of({ seating: 'shuffle', place: 'pairs' })).toBeNull();
    expect(of({ seating: 'shuffle', place: { groups: 5 } })).toBeNull();
    expect(of({ seating: 'shuffle', place: 'plenary' })).toBe('mix');
    expect(of({ seating: 'rotate', place: { groups: 5 } })).toBe('rotate');
    expect(of({ seating: 'rotate' })).toBe('rotate');
    expect(of({ seating: { as: id('x') } })).toEqual({ as: 'x' });
  });

  test('[W104] home is where people sat in the last step in rooms, and the rooms of a step are had again', () => {
    const { played, mix, next } = talking();
    const wanted = (step: string) => {
      const seats = seatsFor(
        played.state,
        played.state.script.find((one) => one.id === step)!,
      );
      return seats?.way === 'back' ? Object.fromEntries(seats.then) : (seats?.way ?? null);
    };
    expect([wanted('again'), wanted('home'), wanted('mixed'), wanted('cafe')]).toEqual([null, BEFORE, 'mix', 'rotate']);
    expect(view(played.state, host, NOW).turning?.next?.seating).toBe('mix');
    played.ask(next, 0, mix);
    played.wait(30);
    expect(view(played.state, host, NOW).turning?.next?.seating).toBe('rotate');
    expect([wanted('again'), wanted('home')]).toEqual([SWAPPED, BEFORE]);
    played.ask({ kind: 'startStep', step: id('cafe') }, 60);
    expect(view(played.state, host, NOW).turning?.next?.seating).toBe('home');
    const back = { ...played.plan('home', BEFORE), way: 'back' as const };
    played.ask({ kind: 'next', from: id('cafe'), seating: seating(back) }, 70, back);
    played.wait(100);
    expect([played.now, played.rooms]).toEqual(['home', BEFORE]);
    expect(view(played.state, host, NOW).turning?.next?.seating).toEqual({ as: 'mixed' });
    played.add([swap]); // and of two steps in rooms the later one
    const script = SCRIPT.map((one) => (one.id === 'again' ? { ...one, seating: 'home' as const } : one));
    const then = new Map(Object.entries(SWAPPED));
    expect(seatsFor({ ...played.state, script }, script[5]!)).toEqual({ way: 'back', then });
  });

  test('[W104] there is nothing to look at where nobody has sat, nor on the way back', () => {
    expect(seatsFor(new Played().state, SCRIPT[4]!)).toBeNull(); // all have only come
    const { played } = talking();
    played.ask({ kind: 'startStep', step: id('cafe') }, 1);
    expect(view(played.state, host, NOW).turning?.next?.seating).toBe('home');
    expect(view(played.state, host, NOW).turning?.back?.seating).toBeUndefined();
    played.ask({ kind: 'startStep', step: id('home') }, 2);
    expect(view(played.state, host, NOW).turning?.back?.seating).toBeUndefined();
    expect(view(played.state, host, NOW).turning?.next?.seating).toBeUndefined();
  });
});
