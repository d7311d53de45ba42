import { describe, expect, test } from 'vitest';
import type { Actor } from '../../forum/seat.ts';
import type { RoomId, StepId } from '../../ids.ts';
import type { Step } from '../../script/step.ts';
import { RunningStep, NOW, host, actor, aida, azat, bolot, late, id, LAST, NORTH, SOUTH } from '../played.sample.ts';
import type { Circle } from './state.ts';
import { hallTalk, ownTalk } from './view.ts';

const SECOND = 1_000; // ms
const TALK = id<StepId>('talk');
const other = actor('other', 'organizer');

type Given = Pick<Step, 'settings' | 'place'>;
const queue: Given = { settings: { turns: 'queue' } };
const round: Given = { settings: { turns: { each: 60 } } };
const plenary = (given: Given): Given => ({ ...given, place: 'plenary' });

class Played extends RunningStep {
  constructor(given: Given) {
    super({ id: TALK, kind: 'talk', minutes: 20, ...given });
  }
  floor(circle: Circle = NORTH) {
    return hallTalk(this.state)!.floors.find((floor) => floor.circle === circle)!;
  }
  speaks(circle: Circle = NORTH) {
    return this.floor(circle).speaker?.seat ?? null;
  }
  line(circle: Circle = NORTH) {
    return this.floor(circle).line;
  }
  passOn(by: Actor = host, circle: Circle = NORTH, from = this.floor(circle).since) {
    return this.ask({ kind: 'passOn', circle, from }, by);
  }
  give(seat: Actor, circle: Circle = NORTH, from = this.floor(circle).since, by = host) {
    return this.ask({ kind: 'giveFloor', circle, seat: seat.seatId, from }, by);
  }
  hand(who: Actor, began = this.state.step.began) {
    return this.ask({ kind: 'askToSpeak', began }, who);
  }
  handBack(who: Actor, began = this.state.step.began) {
    return this.ask({ kind: 'takeBackAsking', began }, who);
  }
  move(who: Actor, room: RoomId) {
    return this.ask({ kind: 'moveSeat', seat: who.seatId, room });
  }
  own(who: Actor) {
    return ownTalk(this.state, who);
  }
}

describe('a round', () => {
  test('[W90] everybody in turn, each with their time, then anew', () => {
    const played = new Played(round);
    expect([played.speaks(), played.line(), played.line(SOUTH)]).toEqual([null, ['aida', 'azat'], ['bolot']]);
    expect(played.passOn(azat)).toEqual(['floorGiven']);
    expect(played.floor().speaker).toEqual({ seat: 'aida', endsAt: NOW + 60 * SECOND });
    expect(played.passOn(aida)).toEqual(['floorGiven']);
    expect([played.speaks(), played.line()]).toEqual(['azat', []]);
    expect(played.passOn(azat)).toEqual(['floorLeft']);
    expect([played.speaks(), played.line(), played.floor().spoken]).toEqual([null, [], ['aida', 'azat']]);
    expect(played.passOn(azat)).toEqual(['roundBegun', 'floorGiven']);
    expect([played.speaks(), played.line(), played.floor().spoken]).toEqual(['aida', ['azat'], ['aida']]);
    expect(played.speaks(SOUTH)).toBeNull();
    expect(played.hand(aida)).toEqual({ kind: 'notAllowed' });
  });

  test('[W90] who comes late is the last, who goes is passed over, who sits elsewhere speaks there', () => {
    const played = new Played(round);
    played.add([{ kind: 'seatTaken', seat: late.seatId, room: NORTH, at: NOW }]);
    expect(played.line()).toEqual(['aida', 'azat', 'late']);
    played.ask({ kind: 'removeSeat', seat: azat.seatId });
    played.passOn();
    expect([played.speaks(), played.line()]).toEqual(['aida', ['late']]);
    const before = played.floor().since;
    expect(played.move(aida, SOUTH)).toEqual(['seatMoved']);
    expect([played.speaks(), played.line(), played.line(SOUTH)]).toEqual([null, ['late'], ['bolot', 'aida']]);
    expect(played.floor().since).toBeGreaterThan(before);
    const tables = [{ room: SOUTH, seats: [late.seatId] }];
    played.add([{ kind: 'roomsMixed', way: 'mix' as never, seed: 1, tables, at: NOW }]);
    const mix = played.state.version;
    expect([played.line(), played.floor().spoken, played.line(SOUTH)]).toEqual([[], [], ['bolot', 'aida', 'late']]);
    expect(played.passOn()).toEqual([]); // an empty room
    played.passOn(host, SOUTH);
    played.add([{ kind: 'seatTaken', seat: azat.seatId, room: SOUTH, at: NOW }]);
    expect(played.line(SOUTH)).toEqual(['aida', 'late', 'azat']);
    expect(played.ask({ kind: 'takeBackMix', mix })).toEqual(['mixTakenBack']);
    expect([played.line(), played.line(SOUTH)]).toEqual([['late'], ['aida', 'azat']]);
  });

  test('[W90] a room that opens in the middle of it has its own round', () => {
    const played = new Played(round);
    const room = id<RoomId>('west');
    played.add([{ kind: 'roomOpened', room: { id: room, name: 'West' }, at: NOW }]);
    expect([played.speaks(room), played.line(room)]).toEqual([null, []]);
    played.move(azat, room);
    expect([played.line(room), played.line()]).toEqual([['azat'], ['aida']]);
  });
});

describe('a queue', () => {
  test('[W91] in the order of asking, once each, and taken back', () => {
    const played = new Played(queue);
    expect(played.hand(azat)).toEqual(['speakingAsked']);
    expect(played.hand(azat)).toEqual([]);
    played.hand(aida);
    expect(played.line()).toEqual(['azat', 'aida']);
    expect(played.handBack(azat)).toEqual(['askingTakenBack']);
    expect(played.handBack(azat)).toEqual([]);
    expect(played.line()).toEqual(['aida']);
    expect(played.passOn(azat)).toEqual(['floorGiven']);
    expect(played.floor().speaker).toEqual({ seat: 'aida', endsAt: null });
    expect(played.hand(aida)).toEqual([]); // speaks already
    expect(played.hand(late)).toEqual({ kind: 'roomUnknown' });
    expect(played.hand(host)).toEqual({ kind: 'notAllowed' });
    expect(played.passOn(aida)).toEqual(['floorLeft']);
    expect(played.passOn(aida)).toEqual([]);
    expect(played.hand(aida)).toEqual(['speakingAsked']);
  });

  test('[W91] who goes, sits elsewhere or stays until the workshop closes is forgotten', () => {
    const played = new Played(queue);
    for (const who of [aida, azat, bolot]) played.hand(who);
    played.move(aida, SOUTH);
    expect([played.line(), played.line(SOUTH)]).toEqual([['azat'], ['bolot']]);
    played.ask({ kind: 'removeSeat', seat: azat.seatId });
    expect(played.line()).toEqual([]);
    played.passOn(host, SOUTH);
    played.hand(aida);
    played.ask({ kind: 'closeWorkshop' });
    expect([hallTalk(played.state), played.own(bolot)]).toEqual([null, null]);
    expect(played.hand(bolot)).toEqual({ kind: 'workshopClosed' });
    expect(played.ask({ kind: 'passOn', circle: SOUTH, from: 99 })).toEqual({ kind: 'workshopClosed' });
    played.ask({ kind: 'reopenWorkshop' });
    expect([played.speaks(SOUTH), played.line(SOUTH)]).toEqual([null, []]);
  });

  test('[W90] who comes, goes or is moved while it is closed is known when it is open again', () => {
    const played = new Played(round);
    played.passOn(host, SOUTH);
    played.ask({ kind: 'closeWorkshop' });
    played.ask({ kind: 'removeSeat', seat: aida.seatId });
    played.move(bolot, NORTH);
    played.add([{ kind: 'seatTaken', seat: late.seatId, room: SOUTH, at: NOW }]);
    played.ask({ kind: 'reopenWorkshop' });
    expect([played.line(), played.line(SOUTH)]).toEqual([['azat', 'bolot'], ['late']]);
    expect(played.afterRestart).toEqual(played.state);
  });
});

describe('who passes it on', () => {
  test('[W90] [W92] when it is open again a round goes on in its order, and what was meant before changes nothing', () => {
    const played = new Played(round);
    played.move(aida, SOUTH);
    played.passOn();
    const { since } = played.floor();
    played.ask({ kind: 'closeWorkshop' });
    played.ask({ kind: 'reopenWorkshop' });
    expect([played.speaks(), played.line(SOUTH)]).toEqual([null, ['bolot', 'aida']]);
    expect(played.passOn(host, NORTH, since)).toEqual([]);
  });

  test('[W92] two who press at once pass it on once, and what was meant for the step before changes nothing', () => {
    const played = new Played(round);
    const from = played.floor().since;
    expect(played.passOn(host, NORTH, from)).toEqual(['floorGiven']);
    expect(played.passOn(other, NORTH, from)).toEqual([]);
    expect(played.passOn(aida, NORTH, from)).toEqual([]); // sent again, and she speaks by now
    expect(played.speaks()).toBe('aida');
    const { began } = played.state.step;
    played.ask({ kind: 'next', from: TALK, atOnce: true });
    expect(played.passOn(host, NORTH, began)).toEqual({ kind: 'stepChanged' });
    expect(played.ask({ kind: 'passOn', circle: NORTH, from: played.state.step.began })).toEqual({
      kind: 'notAllowed',
    });
    played.ask({ kind: 'back', from: LAST });
    expect(played.passOn(host, NORTH, from)).toEqual({ kind: 'stepChanged' });
    expect([played.hand(aida, began), played.handBack(aida, began)]).toEqual(Array(2).fill({ kind: 'stepChanged' }));
  });

  test('[W92] at a table anybody once the time is up, before everybody who speaks and who runs it', () => {
    const played = new Played(round);
    played.passOn(azat);
    expect(played.passOn(azat)).toEqual({ kind: 'floorHeld' });
    expect([aida, azat].map((who) => played.own(who)!.mayPassOn)).toEqual(['now', 'whenOver']);
    expect(played.passOn(bolot)).toEqual({ kind: 'notAllowed' });
    expect(played.passOn(actor('watcher', 'observer'))).toEqual({ kind: 'notAllowed' });
    played.now += 60 * SECOND;
    expect(played.passOn(azat)).toEqual(['floorGiven']);

    const open = new Played(queue); // has no time
    open.hand(aida);
    open.passOn();
    expect([open.own(azat)!.mayPassOn, open.passOn(azat)]).toEqual(['now', ['floorLeft']]);

    const hall = new Played(plenary(round));
    expect(hall.passOn(aida, null)).toEqual({ kind: 'floorHeld' });
    expect(hall.passOn(host, null)).toEqual(['floorGiven']);
    hall.now += 3_600 * SECOND;
    expect([hall.passOn(azat, null), hall.own(azat)!.mayPassOn]).toEqual([{ kind: 'floorHeld' }, null]);
    expect(hall.passOn(aida, null)).toEqual(['floorGiven']);
    expect(hall.passOn(azat, NORTH, hall.floor(null).since)).toEqual({ kind: 'roomUnknown' });
  });

  test('[W92] out of turn, to somebody of that circle, as it was seen', () => {
    const played = new Played(queue);
    played.hand(aida);
    played.hand(azat);
    const from = played.floor().since;
    expect(played.give(azat)).toEqual(['floorGiven']);
    expect(played.give(azat, NORTH, from)).toEqual([]);
    expect(played.give(aida, NORTH, from, other)).toEqual({ kind: 'floorPassedOn' });
    expect([played.speaks(), played.line()]).toEqual(['azat', ['aida']]);
    expect(played.give(bolot)).toEqual({ kind: 'seatUnknown' });
    expect(played.give(late)).toEqual({ kind: 'seatUnknown' });
    expect(played.give(aida, id<RoomId>('nowhere'), from)).toEqual({ kind: 'roomUnknown' });
    expect(played.give(aida, NORTH, played.floor().since, aida)).toEqual({ kind: 'notAllowed' });
  });

  test('[W92] what was passed on by mistake is taken back: who was named has their place in line again', () => {
    const played = new Played(round);
    played.add([{ kind: 'seatTaken', seat: late.seatId, room: NORTH, at: NOW }]);
    played.passOn();
    played.give(late);
    const takeBack = () =>
      played.ask({ kind: 'giveFloor', circle: NORTH, seat: aida.seatId, from: played.floor().since, takesBack: true });
    expect([takeBack(), takeBack()]).toEqual([['floorGiven'], []]);
    expect([played.speaks(), played.line(), played.floor().spoken]).toEqual(['aida', ['azat', 'late'], ['aida']]);
    played.passOn();
    takeBack();
    expect([played.speaks(), played.line(), played.floor().spoken]).toEqual(['aida', ['azat', 'late'], ['aida']]);
    played.passOn();
    played.give(aida); // who has spoken before stands in no line
    played.ask({ kind: 'giveFloor', circle: NORTH, seat: azat.seatId, from: played.floor().since, takesBack: true });
    expect([played.line(), played.floor().spoken]).toEqual([['late'], ['aida', 'azat']]);
    expect(played.afterRestart).toEqual(played.state);
  });
});

describe('time to speak', () => {
  test('[W93] stands still with the step, and is the same after a restart', () => {
    const played = new Played(round);
    played.passOn();
    played.now += 20 * SECOND;
    played.ask({ kind: 'pauseStep', from: TALK });
    played.now += 500 * SECOND;
    expect(played.own(aida)!.speaker).toEqual({ seat: 'aida', endsAt: null, left: 40 * SECOND });
    expect(played.passOn(azat)).toEqual({ kind: 'floorHeld' });
    expect(ownTalk(played.afterRestart, aida)).toEqual(played.own(aida));
    played.ask({ kind: 'resumeStep', from: TALK });
    expect(played.own(aida)!.speaker).toEqual({ seat: 'aida', endsAt: played.now + 40 * SECOND });
    expect(played.afterRestart).toEqual(played.state);
    played.ask({ kind: 'pauseStep', from: TALK });
    played.now += 10 * SECOND;
    played.passOn();
    expect(played.own(aida)!.speaker).toEqual({ seat: 'azat', endsAt: null, left: 60 * SECOND });
  });

  test.each(['back', 'takeBackTurn'] as const)('[W93] a step that runs again by %s goes on where it was', (way) => {
    const played = new Played(round);
    played.passOn();
    played.now += 15 * SECOND;
    played.ask({ kind: 'pauseStep', from: TALK });
    played.now += 20 * SECOND;
    played.ask({ kind: 'next', from: TALK, atOnce: true });
    expect([hallTalk(played.state), played.own(aida)]).toEqual([null, null]);
    played.now += 300 * SECOND;
    played.ask({ kind: 'removeSeat', seat: azat.seatId });
    played.add([{ kind: 'seatTaken', seat: late.seatId, room: NORTH, at: NOW }]);
    played.ask(way === 'back' ? { kind: way, from: LAST } : { kind: way, began: played.state.step.began });
    expect(played.floor().speaker).toEqual({ seat: 'aida', endsAt: played.now + 45 * SECOND });
    expect(played.line()).toEqual(['late']);
    expect(played.passOn(aida)).toEqual(['floorGiven']);
    expect(played.afterRestart).toEqual(played.state);
  });

  test('[W93] [W103] a turn that moved people is taken back with who spoke, and with whose turn it was', () => {
    const played = new Played(round);
    played.passOn();
    played.passOn();
    played.now += 15 * SECOND;
    const tables = [{ room: SOUTH, seats: [aida.seatId, azat.seatId] }];
    played.add([
      { kind: 'roomsMixed', way: 'mix', seed: 1, tables, step: LAST, at: played.now },
      { kind: 'stepStarted', step: LAST, endsAt: null, at: played.now },
    ]);
    played.now += 5 * SECOND;
    const back = { kind: 'takeBackTurn', began: played.state.step.began } as const;
    expect(played.ask(back)).toEqual(['mixTakenBack', 'stepStarted']);
    expect(played.floor()).toMatchObject({
      speaker: { seat: 'azat', endsAt: played.now + 45 * SECOND },
      line: [],
      spoken: ['aida', 'azat'],
    });
    expect(played.line(SOUTH)).toEqual(['bolot']);
    expect(played.afterRestart).toEqual(played.state);
  });

  test('[W93] a step in which people talk as they like has no line at all', () => {
    const played = new Played({});
    expect([hallTalk(played.state), played.own(aida), played.state.talks]).toEqual([null, null, undefined]);
    expect(played.hand(aida)).toEqual({ kind: 'notAllowed' });
  });
});

test('[W94] at a table the whole line is known, before everybody the next two and nobody else', () => {
  const room = new Played(queue);
  for (const who of [bolot, azat]) room.hand(who);
  expect(room.own(aida)).toMatchObject({ circle: NORTH, line: ['azat'], waiting: 1, before: null, isQueue: true });
  expect(room.own(azat)).toMatchObject({ before: 0 });
  expect(JSON.stringify(room.own(aida))).not.toContain('bolot');

  const hall = new Played(plenary(queue));
  const crowd = ['one', 'two', 'three', 'four'].map((name) => actor(name));
  for (const { seatId } of crowd) hall.add([{ kind: 'seatTaken', seat: seatId, room: SOUTH, at: NOW }]);
  for (const who of crowd) hall.hand(who);
  hall.passOn(host, null);
  expect(hall.own(aida)).toMatchObject({ circle: null, speaker: { seat: 'one' }, line: ['two', 'three'], waiting: 3 });
  expect(hall.own(crowd[3]!)).toMatchObject({ before: 2, line: ['two', 'three'] });
  expect(JSON.stringify(hall.own(aida))).not.toContain('four');
  hall.move(crowd[3]!, NORTH);
  expect(hall.line(null)).toEqual(['two', 'three', 'four']);
});
