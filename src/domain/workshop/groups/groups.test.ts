import { describe, expect, test } from 'vitest';
import { ROLES, type Actor } from '../../forum/seat.ts';
import type { RoomId, SeatId, StepId, WorkshopId } from '../../ids.ts';
import { access } from '../../permissions/access.ts';
import type { Script } from '../../script/step.ts';
import { due } from '../decide-turns.ts';
import type { WorkshopCommand } from '../commands.ts';
import { actor, Given, GRACE, host, id, NOW, NORTH, SOUTH } from '../played.sample.ts';
import { groupsFor } from './making.ts';
import { groupOf, groupsNow } from './state.ts';
import { hallTalk, ownTalk } from '../talk/view.ts';
import { wroteInGroups } from './view.ts';

const [TALK, PAIRS, SAME, FOURS, ROOMS] = ['talk', 'pairs', 'same', 'fours', 'rooms'].map((step) => step as StepId) as [
  StepId,
  StepId,
  StepId,
  StepId,
  StepId,
];
const SCRIPT: Script = [
  { id: id('arrive'), kind: 'arrive', minutes: null },
  { id: TALK, kind: 'draft', minutes: 10 },
  { id: PAIRS, kind: 'draft', minutes: 5, place: 'pairs', seating: 'shuffle' },
  { id: SAME, kind: 'talk', minutes: 5, place: 'pairs' },
  { id: FOURS, kind: 'draft', minutes: 5, place: { groups: 4 }, seating: 'join' },
  { id: ROOMS, kind: 'draft', minutes: 10 },
  { id: id('close'), kind: 'close', minutes: null },
];
const NAMES = [...'abcdefg', ...'mnopqr'];
const SEATS = NAMES.map((name) => [name as SeatId, name < 'm' ? NORTH : SOUTH] as const);

class Played extends Given {
  now = NOW;
  constructor(script: Script = SCRIPT, seats = SEATS) {
    super(script, seats);
  }
  ask(command: WorkshopCommand, by = host) {
    const decision = this.when(command, by, this.now);
    return decision.ok ? decision.value.map(({ kind }) => kind) : decision.refusal;
  }
  start(step: StepId) {
    return this.ask({ kind: 'startStep', step });
  }
  get groups() {
    return [...(groupsNow(this.state)?.values() ?? [])];
  }
  sizes(room: RoomId) {
    return this.groups.filter((group) => group.room === room).map(({ seats }) => seats.length);
  }
  board(who: Actor | string, step = this.state.step.id, number?: number) {
    const viewer = typeof who === 'string' ? actor(who) : who;
    const own = number ?? groupOf(this.state.groups?.get(step), viewer.seatId)?.number ?? 0;
    return access({ kind: 'group', workshop: this.state.id, step, number: own }, viewer, this.state, this.now);
  }
  wrote(who: string) {
    return wroteInGroups(this.state, who as SeatId, this.now);
  }
  room(who: string) {
    const room = this.state.seating.get(who as SeatId)!;
    return access({ kind: 'board', room }, actor(who), this.state, this.now);
  }
}

const inPairs = () => {
  const played = new Played();
  played.start(PAIRS);
  return played;
};

describe('who is together', () => {
  test('[W129] a step in pairs begins with pairs within each room; they are stored as they were drawn', () => {
    const played = new Played();
    const seen = groupsFor(
      played.state,
      played.state.script.find((step) => step.id === PAIRS)!,
      new Map(),
      NOW,
    );
    expect(played.start(PAIRS)).toEqual(['stepStarted', 'groupsMade']);
    expect([played.sizes(NORTH), played.sizes(SOUTH)]).toEqual([
      [3, 2, 2],
      [2, 2, 2],
    ]);
    expect(played.groups.map(({ number, room, seats }) => ({ number, room, seats }))).toEqual(seen.groups);
    expect(played.afterRestart).toEqual(played.state);
    expect(played.start(PAIRS)).toEqual([]);
  });

  test('[W127] [W129] who comes, is moved or leaves changes their groups by the same command', () => {
    const played = inPairs();
    expect(played.ask({ kind: 'takeSeat' }, actor('late'))).toEqual(['seatTaken', 'groupsMade']);
    expect(groupOf(groupsNow(played.state), 'late' as SeatId)?.seats).toHaveLength(3);
    const [pair] = played.groups.filter(({ seats, room }) => room === SOUTH && seats.length === 2);
    const [gone, stays] = pair!.seats as [SeatId, SeatId];
    expect(played.ask({ kind: 'moveSeat', seat: gone, room: NORTH })).toEqual(['seatMoved', 'groupsMade']);
    expect(groupOf(groupsNow(played.state), stays)!.number).not.toBe(pair!.number);
    expect(groupOf(groupsNow(played.state), gone)!.room).toBe(NORTH);
    expect(played.ask({ kind: 'removeSeat', seat: stays })).toEqual(['seatLeft', 'groupsMade']);
    expect(groupOf(groupsNow(played.state), stays)).toBeNull();
    const grouped = played.groups.flatMap(({ seats }) => seats);
    expect(grouped.toSorted()).toEqual([...played.state.seating.keys()].toSorted());
    expect(played.afterRestart).toEqual(played.state);
  });

  test('[W128] the step after keeps pairs as they are, and two pairs make a four', () => {
    const played = inPairs();
    const pairs = played.groups.map(({ seats }) => seats);
    played.start(SAME);
    expect(played.groups.map(({ seats }) => seats)).toEqual(pairs);
    played.start(FOURS);
    expect([played.sizes(NORTH), played.sizes(SOUTH)]).toEqual([
      [3, 4],
      [4, 2],
    ]);
    for (const seats of pairs) {
      const four = groupOf(groupsNow(played.state), seats[0]!)!;
      expect(seats.every((seat) => four.seats.includes(seat))).toBe(true);
    }
    expect(played.wrote('a').map(({ step }) => step)).toEqual([PAIRS]);
  });

  test('[W130] a turn that is taken back, and a step that runs again, finds its groups again with their boards', () => {
    const played = inPairs();
    const pairs = played.groups;
    played.ask({ kind: 'takeBackTurn', began: played.state.step.began });
    expect(groupsNow(played.state)).toBeUndefined();
    expect(played.room('a')).toBe('read'); // people arrive again
    expect(played.board('a', PAIRS)).toBe('read');
    played.start(TALK);
    played.ask({ kind: 'removeSeat', seat: 'a' as SeatId });
    expect(played.start(PAIRS)).toEqual(['stepStarted', 'groupsMade']);
    expect(played.groups.map(({ number }) => number)).toEqual(pairs.map(({ number }) => number));
    const moved = played.groups.filter(({ seats }, at) => seats.join() !== pairs[at]!.seats.join());
    expect(moved.length).toBeLessThanOrEqual(2);
    played.start(TALK);
    expect(played.start(PAIRS)).toEqual(['stepStarted']);
  });

  test('[W129] a step that ran before there were groups goes on as it began', () => {
    const played = new Played();
    played.add([{ kind: 'stepStarted', step: PAIRS, endsAt: null, at: NOW }]);
    expect(played.room('a')).toBe('write');
    expect(played.ask({ kind: 'takeSeat' }, actor('late'))).toEqual(['seatTaken']);
  });

  test('[W129] nobody is alone with nobody there: an empty hall and a room of one', () => {
    const nobody = new Played(SCRIPT, []);
    expect(nobody.start(PAIRS)).toEqual(['stepStarted', 'groupsMade']);
    nobody.ask({ kind: 'takeSeat' }, actor('x'));
    expect(nobody.groups.map(({ seats }) => seats)).toEqual([['x']]);
    expect([nobody.board('x'), nobody.room('x')]).toEqual(['write', 'read']);
    nobody.ask({ kind: 'takeSeat' }, actor('y')); // the other room has nobody yet
    nobody.ask({ kind: 'moveSeat', seat: 'y' as SeatId, room: nobody.state.seating.get('x' as SeatId)! });
    expect(nobody.groups.filter(({ seats }) => seats.length > 0).map(({ seats }) => seats.length)).toEqual([2]);
  });
});

describe('how they talk', () => {
  const talking = (turns: 'queue' | { each: number }) => {
    const script = SCRIPT.map((step) => (step.id === SAME ? { ...step, settings: { turns } } : step));
    const played = new Played(script);
    played.start(SAME);
    return played;
  };
  const own = (played: Played, who: string) => ownTalk(played.state, actor(who))!;

  test('[W94] in a round everybody waits for those of their own pair, and knows of no other', () => {
    const played = talking({ each: 60 });
    for (const { number, seats } of played.groups) {
      for (const seat of seats) {
        const talk = own(played, seat);
        expect([talk.circle, talk.line.toSorted(), talk.waiting]).toEqual([number, seats.toSorted(), seats.length]);
        expect(talk.before).toBeLessThan(seats.length);
      }
    }
    expect(hallTalk(played.state)!.floors.map(({ circle }) => circle)).toEqual(
      played.groups.map(({ number }) => number),
    );
    const [pair, another] = played.groups.filter(({ room }) => room === SOUTH);
    const { circle, since: from } = own(played, pair!.seats[0]!);
    const begin = { kind: 'passOn', circle, from } as const;
    expect(played.ask(begin, actor(another!.seats[0]!))).toEqual({ kind: 'notAllowed' });
    expect(played.ask(begin, actor(pair!.seats[0]!))).toEqual(['floorGiven']);
    expect(own(played, pair!.seats[1]!).speaker).not.toBeNull();
    expect(own(played, another!.seats[0]!).speaker).toBeNull();
    expect(played.afterRestart).toEqual(played.state);
  });

  test('[W91] [W94] whoever asks in a pair waits for nobody of another; who is moved or gone is forgotten there', () => {
    const played = talking('queue');
    const ask = (who: string) => played.ask({ kind: 'askToSpeak', began: played.state.step.began }, actor(who));
    for (const name of NAMES) expect(ask(name)).toEqual(['speakingAsked']);
    const most = Math.max(...NAMES.map((name) => own(played, name).before!));
    expect(most).toBe(2); // one of them has three
    const [gone, stays] = played.groups.find(({ seats }) => seats.length === 2)!.seats as [SeatId, SeatId];
    played.ask({ kind: 'removeSeat', seat: gone });
    expect(ownTalk(played.state, actor(gone))).toBeNull();
    expect(own(played, stays)).toMatchObject({ circle: groupOf(groupsNow(played.state), stays)!.number, before: null });
    expect(ask(stays)).toEqual(['speakingAsked']);
    expect(played.ask({ kind: 'takeSeat' }, actor('late'))).toEqual(['seatTaken', 'groupsMade']);
    expect(ask('late')).toEqual(['speakingAsked']);
    expect(played.afterRestart).toEqual(played.state);
  });

  test('[W93] [W107] a step in pairs that runs again goes on with who spoke; a host passes on in their pair', () => {
    const played = talking({ each: 60 });
    const [pair] = played.groups.filter(({ room }) => room === SOUTH);
    const [first, second] = pair!.seats as [SeatId, SeatId];
    played.ask({ kind: 'nameHost', room: SOUTH, seat: second });
    const { circle, since: from } = own(played, first);
    played.ask({ kind: 'giveFloor', circle, seat: first, from });
    expect(own(played, second).mayPassOn).toBe('now');
    played.start(ROOMS);
    expect(ownTalk(played.state, actor(first))).toBeNull();
    played.start(SAME);
    expect(own(played, second)).toMatchObject({ circle, speaker: { seat: first }, line: [second] });
    expect(played.afterRestart).toEqual(played.state);
  });
});

describe('what they may do', () => {
  test('[P27] in a step in groups people write at their group’s board and read at their room’s', () => {
    const played = inPairs();
    expect([played.board('a'), played.room('a')]).toEqual(['write', 'read']);
    played.start(SAME); // talking without notes
    expect([played.board('a'), played.board('a', PAIRS), played.room('a')]).toEqual(['read', 'read', 'read']);
    played.start(ROOMS);
    expect([played.board('a', PAIRS), played.room('a')]).toEqual(['read', 'write']);
  });

  test('[P27] who sits elsewhere, in another group or another workshop has no access, and who runs it reads', () => {
    const played = inPairs();
    const own = groupOf(groupsNow(played.state), 'a' as SeatId)!;
    const other = played.groups.find(({ number, room }) => number !== own.number && room === own.room)!;
    expect(played.board('a', PAIRS, other.number)).toBe('none');
    expect(played.board('m', PAIRS, own.number)).toBe('none');
    expect(played.board('nobody', PAIRS, own.number)).toBe('none');
    expect(ROLES.map((role) => played.board(actor('x', role), PAIRS, own.number))).toEqual(
      ROLES.map((role) => (role === 'organizer' || role === 'facilitator' ? 'read' : 'none')),
    );
    const elsewhere = { kind: 'group', workshop: id<WorkshopId>('w2'), step: PAIRS, number: own.number } as const;
    expect(access(elsewhere, actor('a'), played.state, NOW)).toBe('none');
    expect(played.board('a', PAIRS, 99)).toBe('none');
  });

  test('[P27] who left a group reads it again once its step is over: another has begun, also before that is stored, or the workshop is closed', () => {
    const played = inPairs();
    const left = groupOf(groupsNow(played.state), 'a' as SeatId)!.number;
    const mayRead = () => [played.board('a', PAIRS, left), played.wrote('a').some(({ number }) => number === left)];
    played.ask({ kind: 'moveSeat', seat: 'a' as SeatId, room: SOUTH });
    expect([...mayRead(), played.board('a')]).toEqual(['none', false, 'write']);
    played.now = played.state.step.endsAt! + GRACE; // nobody writes, and it may be given more minutes
    expect(mayRead()).toEqual(['none', false]);
    played.now = NOW;
    played.ask({ kind: 'next', from: PAIRS });
    played.now += GRACE - 1;
    expect(mayRead()).toEqual(['none', false]);
    played.now += 1;
    expect(mayRead()).toEqual(['read', true]);
    played.add(due(played.state, played.now));
    expect(mayRead()).toEqual(['read', true]);
    played.start(PAIRS);
    expect(mayRead()).toEqual(['none', false]);
    played.ask({ kind: 'closeWorkshop' });
    expect(mayRead()).toEqual(['read', true]);
  });

  test('[P27] whoever is in a group keeps it to read when its step is over, and finds it among what they wrote', () => {
    const played = inPairs();
    const own = groupOf(groupsNow(played.state), 'a' as SeatId)!.number;
    expect(played.wrote('a')).toEqual([]);
    played.start(ROOMS);
    expect(played.wrote('a')).toEqual([{ step: PAIRS, number: own, size: 2 }]);
    expect(played.board('a', PAIRS, own)).toBe('read');
  });

  test('[P27] writing ends with the step’s time and its grace, when all are frozen, and when the workshop closes', () => {
    const played = inPairs();
    const over = played.state.step.endsAt!;
    played.now = over + GRACE - 1;
    expect(played.board('a')).toBe('write');
    played.now = over + GRACE;
    expect(played.board('a')).toBe('read');
    played.now = NOW;
    played.ask({ kind: 'freezeBoards', from: PAIRS });
    expect(played.board('a')).toBe('read');
    played.ask({ kind: 'unfreezeBoards', from: PAIRS });
    expect(played.board('a')).toBe('write');
    played.ask({ kind: 'closeWorkshop' });
    expect(played.board('a')).toBe('read');
  });

  test('[W130] who writes at their room’s board finishes the sentence before the pairs begin, and the other way round', () => {
    const played = new Played();
    played.start(TALK);
    expect(played.ask({ kind: 'next', from: TALK })).toEqual(['turnAnnounced']);
    played.now += GRACE - 1;
    expect(played.room('a')).toBe('write');
    played.now += 1;
    expect(played.room('a')).toBe('read'); // also before it is stored
    const events = due(played.state, played.now);
    expect(events.map(({ kind }) => kind)).toEqual(['stepStarted', 'groupsMade']);
    played.add(events);
    expect(played.board('a')).toBe('write');
    expect(played.ask({ kind: 'next', from: PAIRS })).toEqual(['turnAnnounced']);
  });
});
