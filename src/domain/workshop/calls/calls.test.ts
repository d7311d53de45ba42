import { describe, expect, test } from 'vitest';
import type { Actor } from '../../forum/seat.ts';
import type { BroadcastId, RoomId, SeatId, StepId } from '../../ids.ts';
import { LIMITS } from '../../limits.ts';
import { RunningStep, NOW, host, actor, aida, azat, bolot, late, id, LAST, NORTH, SOUTH } from '../played.sample.ts';
import { hallCalls, ownCalls } from './view.ts';

const WRITE = id<StepId>('write');
const other = actor('other', 'organizer');

class Played extends RunningStep {
  constructor() {
    super({ id: WRITE, kind: 'writeTogether', minutes: 20 });
  }
  pace(who: Actor, pace: 'done' | 'more' | null, began = this.state.step.began) {
    return this.ask({ kind: 'tellPace', pace, began }, who);
  }
  send(name: string, text: string, room?: RoomId, until = NOW) {
    return this.ask({
      kind: 'sendBroadcast',
      id: id<BroadcastId>(name),
      text,
      lang: 'en',
      ...(room && { room }),
      until,
    });
  }
  own(who: Actor) {
    return ownCalls(this.state, who.seatId);
  }
  unread(who: Actor) {
    return this.own(who).broadcasts.map(({ text }) => text);
  }
  hall(...present: Actor[]) {
    return hallCalls(
      this.state,
      new Set((present.length > 0 ? present : [aida, azat, bolot]).map((who) => who.seatId)),
    );
  }
  get call() {
    return this.hall().help[0]!.call;
  }
}

describe('done, and more time', () => {
  test('[W80] one tells it of oneself and takes it back, and nobody else is shown it', () => {
    const played = new Played();
    expect(played.pace(aida, 'done')).toEqual(['paceTold']);
    expect(played.pace(aida, 'done')).toEqual([]);
    expect([aida, azat].map((who) => played.own(who).pace?.told)).toEqual(['done', undefined]);
    expect(JSON.stringify(played.own(azat))).not.toContain('done');
    played.pace(aida, 'more');
    expect(played.own(aida).pace?.told).toBe('more');
    played.pace(aida, null);
    expect(played.own(aida).pace).toBeNull();
    expect(played.pace(aida, null)).toEqual([]);
    expect(played.pace(late, 'done')).toEqual({ kind: 'roomUnknown' });
  });

  test('[W80] it is over with the step, and what was meant for that step changes nothing in the next', () => {
    const played = new Played();
    const { began } = played.state.step;
    played.pace(aida, 'done');
    played.ask({ kind: 'next', from: WRITE, atOnce: true });
    expect(played.own(aida).pace).toBeNull();
    expect(played.pace(aida, 'done')).toEqual({ kind: 'notAllowed' });
    played.ask({ kind: 'back', from: LAST });
    expect(played.own(aida).pace).toBeNull();
    expect(played.pace(aida, 'done', began)).toEqual({ kind: 'stepChanged' });
    played.pace(aida, 'done');
    played.ask({ kind: 'closeWorkshop' });
    expect([played.own(aida).pace, played.pace(aida, 'more')]).toEqual([null, { kind: 'workshopClosed' }]);
    played.ask({ kind: 'reopenWorkshop' });
    expect(played.own(aida).pace).toBeNull();
  });

  test('[W80] who got more minutes asks for none any more, who is done stays so', () => {
    const played = new Played();
    for (const who of [aida, bolot]) played.pace(who, 'more');
    played.pace(azat, 'done');
    played.ask({ kind: 'extendStep', minutes: 1, room: NORTH });
    expect([aida, azat, bolot].map((who) => played.own(who).pace?.told)).toEqual([undefined, 'done', 'more']);
    played.ask({ kind: 'extendStep', minutes: 3 });
    expect(played.own(bolot).pace).toBeNull();
  });

  test('[W81] counted by room, of those who are here, without a name', () => {
    const played = new Played();
    played.pace(aida, 'done');
    played.pace(azat, 'done');
    played.pace(bolot, 'more');
    expect(played.hall(aida, bolot).paces).toEqual([
      { room: NORTH, here: 1, done: 1, more: 0 },
      { room: SOUTH, here: 1, done: 0, more: 1 },
    ]);
    expect(JSON.stringify(played.hall())).not.toMatch(/aida|azat|bolot/);
    played.ask({ kind: 'moveSeat', seat: azat.seatId, room: SOUTH });
    expect(played.hall().paces.map(({ here, done, more }) => [here, done, more])).toEqual([
      [1, 1, 0],
      [2, 1, 1],
    ]);
    played.ask({ kind: 'removeSeat', seat: azat.seatId });
    expect(played.state.calls?.paces.size).toBe(2);
  });
});

describe('help', () => {
  test('[W82] one open call a room, seen by that room and taken back by who called', () => {
    const played = new Played();
    expect(played.ask({ kind: 'callHelp' }, aida)).toEqual(['helpCalled']);
    expect(played.ask({ kind: 'callHelp' }, azat)).toEqual([]);
    expect([aida, azat, bolot].map((who) => played.own(who).help?.isMine)).toEqual([true, false, undefined]);
    const { call } = played;
    expect(played.ask({ kind: 'callOffHelp', call }, azat)).toEqual({ kind: 'notAllowed' });
    expect(played.ask({ kind: 'callOffHelp', call }, aida)).toEqual(['helpCalledOff']);
    expect(played.own(azat).help).toBeNull();
    expect(played.ask({ kind: 'callHelp' }, late)).toEqual({ kind: 'roomUnknown' });
  });

  test('[W82] the queue is by age, and what was meant for a call that is over leaves the next one alone', () => {
    const played = new Played();
    played.ask({ kind: 'callHelp' }, bolot);
    played.ask({ kind: 'callHelp' }, aida);
    const first = played.call;
    expect(played.hall().help.map(({ room }) => room)).toEqual([SOUTH, NORTH]);
    played.ask({ kind: 'endHelp', call: first });
    played.ask({ kind: 'callHelp' }, bolot);
    expect(played.hall().help.map(({ room }) => room)).toEqual([NORTH, SOUTH]);
    expect(played.ask({ kind: 'endHelp', call: first })).toEqual([]);
    expect(played.ask({ kind: 'callOffHelp', call: first }, bolot)).toEqual([]);
    expect(played.ask({ kind: 'leaveHelp', call: first })).toEqual([]);
    expect(played.ask({ kind: 'takeHelp', call: first })).toEqual({ kind: 'helpOver' });
    expect(played.hall().help).toHaveLength(2);
  });

  test('[W83] one of two goes, the room sees who, and another goes instead of whom they saw only', () => {
    const played = new Played();
    played.ask({ kind: 'callHelp' }, aida);
    const { call } = played;
    expect(played.ask({ kind: 'takeHelp', call })).toEqual(['helpTaken']);
    expect(played.ask({ kind: 'takeHelp', call })).toEqual([]);
    expect(played.ask({ kind: 'takeHelp', call }, other)).toEqual({ kind: 'helpTaken' });
    expect([aida, azat].map((who) => played.own(who).help?.by)).toEqual(['host', 'host']);
    expect(played.ask({ kind: 'leaveHelp', call }, other)).toEqual([]);
    expect(played.ask({ kind: 'takeHelp', call, instead: host.seatId }, other)).toEqual(['helpTaken']);
    expect(played.ask({ kind: 'takeHelp', call, instead: id<SeatId>('nobody') })).toEqual({ kind: 'helpTaken' });
    expect(played.ask({ kind: 'leaveHelp', call }, other)).toEqual(['helpLeft']);
    expect(played.own(aida).help?.by).toBeNull();
    played.ask({ kind: 'closeWorkshop' });
    expect(played.ask({ kind: 'callHelp' }, bolot)).toEqual({ kind: 'workshopClosed' });
    expect([played.own(aida).help, played.hall().help]).toEqual([null, []]);
    expect(played.ask({ kind: 'endHelp', call })).toEqual([]);
  });

  test('[W82] the call goes with the seat of who called: removed, moved, or mixed into another room', () => {
    const removed = new Played();
    removed.ask({ kind: 'callHelp' }, aida);
    expect(removed.ask({ kind: 'removeSeat', seat: azat.seatId })).toEqual(['seatLeft']);
    expect(removed.hall().help).toHaveLength(1);
    expect(removed.ask({ kind: 'removeSeat', seat: aida.seatId })).toEqual(['helpCalledOff', 'seatLeft']);
    expect(removed.hall().help).toEqual([]);

    const moved = new Played();
    moved.ask({ kind: 'callHelp' }, aida);
    moved.ask({ kind: 'moveSeat', seat: azat.seatId, room: SOUTH });
    expect(moved.hall().help).toHaveLength(1);
    moved.ask({ kind: 'moveSeat', seat: aida.seatId, room: SOUTH });
    expect([moved.own(aida).help, moved.hall().help]).toEqual([null, []]);
    expect(moved.ask({ kind: 'callHelp' }, aida)).toEqual(['helpCalled']);

    const tables = [{ room: NORTH, seats: [aida.seatId] }];
    moved.add([{ kind: 'roomsMixed', way: 'mix' as never, seed: 1, tables, at: NOW }]);
    expect(moved.hall().help).toEqual([]);
    const mix = moved.state.version;
    expect(moved.ask({ kind: 'callHelp' }, aida)).toEqual(['helpCalled']);
    moved.ask({ kind: 'takeBackMix', mix });
    expect(moved.hall().help).toEqual([]);
  });
});

describe('messages to the rooms', () => {
  test('[W84] to all rooms or to one, in one line, in the language that its letters can be', () => {
    const played = new Played();
    expect(played.send('one', ' Five\nminutes\u2028left ')).toEqual(['broadcastSent']);
    played.ask({
      kind: 'sendBroadcast',
      id: id<BroadcastId>('two'),
      text: 'اردو',
      lang: 'en',
      room: SOUTH,
      until: NOW,
    });
    expect(played.unread(aida)).toEqual(['Five minutes left']);
    expect(played.own(bolot).broadcasts.map(({ text, lang }) => [text, lang])).toEqual([
      ['Five minutes left', 'en'],
      ['اردو', 'und-Arab'],
    ]);
    expect(played.send('three', 'x', id<RoomId>('nowhere'))).toEqual({ kind: 'roomUnknown' });
    expect(played.send('turned', '\u202eLunch\u200b at \u20661')).toEqual(['broadcastSent']);
    expect(played.unread(aida).at(-1)).toBe('Lunch at 1');
    expect(played.send('three', ' \u200b\n ')).toEqual({ kind: 'fieldMissing', field: 'message' });
    const { most } = LIMITS.lettersOfBroadcast;
    expect(played.send('three', '😀'.repeat(most + 1))).toMatchObject({ kind: 'fieldInvalid', field: 'message' });
    expect(played.send('three', '😀'.repeat(most))).toEqual(['broadcastSent']);
  });

  test('[W84] never late, and never twice', () => {
    const played = new Played();
    expect(played.send('late', 'Lunch', undefined, NOW - 1)).toEqual({ kind: 'broadcastLate' });
    expect(played.send('ever', 'Lunch', undefined, 1e300)).toMatchObject({ kind: 'fieldInvalid', field: 'until' });
    expect(played.send('one', 'Lunch')).toEqual(['broadcastSent']);
    expect(played.send('one', 'Lunch')).toEqual([]);
    expect(played.send('one', 'Lunch', undefined, NOW - 1)).toEqual([]);
    expect(played.unread(aida)).toEqual(['Lunch']);
  });

  test('[W85] [W86] it stays until read, and is counted of those who still sit where it is for', () => {
    const played = new Played();
    played.send('all', 'Lunch');
    played.send('north', 'Come to the window', NORTH);
    const read = (who: Actor, name: string) => played.ask({ kind: 'readBroadcast', id: id<BroadcastId>(name) }, who);
    const counts = () => played.hall().broadcasts.map((one) => [one.id, one.read, one.of]);
    expect(read(aida, 'all')).toEqual(['broadcastRead']);
    expect(read(aida, 'all')).toEqual([]);
    expect(read(bolot, 'north')).toEqual([]);
    expect(read(aida, 'nothing')).toEqual([]);
    expect(counts()).toEqual([
      ['north', 0, 2],
      ['all', 1, 3],
    ]);
    expect(played.unread(aida)).toEqual(['Come to the window']);
    played.ask({ kind: 'moveSeat', seat: aida.seatId, room: SOUTH });
    expect(played.unread(aida)).toEqual([]);
    expect(read(aida, 'north')).toEqual([]);
    played.ask({ kind: 'removeSeat', seat: bolot.seatId });
    expect(counts()).toEqual([
      ['north', 0, 1],
      ['all', 1, 2],
    ]);
  });

  test('[W85] who sits down in the same step gets it, who comes in a later one does not', () => {
    const played = new Played();
    played.send('all', 'Lunch');
    played.send('south', 'To the window', SOUTH);
    played.add([{ kind: 'seatTaken', seat: late.seatId, room: NORTH, at: NOW }]);
    expect(played.unread(late)).toEqual(['Lunch']);
    played.ask({ kind: 'next', from: WRITE, atOnce: true });
    played.add([{ kind: 'seatTaken', seat: id<SeatId>('later'), room: SOUTH, at: NOW }]);
    expect(ownCalls(played.state, id<SeatId>('later')).broadcasts).toEqual([]);
  });

  test('[W85] with its step a message is over, and there again when the turn is taken back', () => {
    const played = new Played();
    const said = () => [aida, bolot].map((who) => played.unread(who));
    const counts = () => played.hall().broadcasts.map(({ read, of, isOver }) => [read, of, isOver]);
    played.send('all', 'Five minutes left');
    played.ask({ kind: 'readBroadcast', id: id<BroadcastId>('all') }, bolot);
    played.ask({ kind: 'next', from: WRITE, atOnce: true });
    expect([said(), counts()]).toEqual([[[], []], [[1, 3, true]]]);
    expect(played.ask({ kind: 'readBroadcast', id: id<BroadcastId>('all') }, aida)).toEqual([]);
    expect(played.ask({ kind: 'takeBackBroadcast', id: id<BroadcastId>('all') })).toEqual({ kind: 'broadcastOver' });
    played.ask({ kind: 'takeBackTurn', began: played.state.step.began });
    expect([said(), counts()]).toEqual([[['Five minutes left'], []], [[1, 3, false]]]);
    played.ask({ kind: 'next', from: WRITE, atOnce: true });
    // run again, a step begins without what was said in it before
    played.ask({ kind: 'back', from: LAST });
    expect(said()).toEqual([[], []]);
    // nor is it there again in the step after, when that turn is taken back
    played.ask({ kind: 'takeBackTurn', began: played.state.step.began });
    expect(said()).toEqual([[], []]);
    played.send('more', 'Once more');
    played.ask({ kind: 'closeWorkshop' });
    expect([said(), counts()[0]]).toEqual([
      [[], []],
      [0, 3, true],
    ]);
    played.ask({ kind: 'reopenWorkshop' });
    expect(said()).toEqual([['Once more'], ['Once more']]);
  });

  test('[W85] taken back it goes from who has not read it; when all have, that is said', () => {
    const played = new Played();
    const back = (name: string) => played.ask({ kind: 'takeBackBroadcast', id: id<BroadcastId>(name) });
    const read = (who: Actor, name: string) => played.ask({ kind: 'readBroadcast', id: id<BroadcastId>(name) }, who);
    played.send('all', 'Lunch');
    read(aida, 'all');
    expect(back('all')).toEqual(['broadcastTakenBack']);
    expect(back('all')).toEqual([]);
    expect([played.unread(bolot), read(bolot, 'all')]).toEqual([[], []]);
    expect(played.hall().broadcasts.map(({ read, of, isTakenBack }) => [read, of, isTakenBack])).toEqual([
      [1, 3, true],
    ]);
    played.add([{ kind: 'seatTaken', seat: late.seatId, room: NORTH, at: NOW }]);
    expect(played.unread(late)).toEqual([]);
    expect(played.hall().broadcasts[0]).toMatchObject({ read: 1, of: 3, isOver: false });
    played.send('south', 'x', SOUTH);
    read(bolot, 'south');
    expect(back('south')).toEqual({ kind: 'broadcastOver' });
    expect(back('nothing')).toEqual({ kind: 'broadcastOver' });
    played.ask({ kind: 'removeSeat', seat: bolot.seatId });
    played.send('empty', 'x', SOUTH); // nobody has it, who sits down would
    expect(back('empty')).toEqual(['broadcastTakenBack']);
  });

  test('[W86] the last ones are kept', () => {
    const played = new Played();
    const { most } = LIMITS.broadcastsOfWorkshop;
    for (let count = 0; count < most + 3; count += 1) played.send(`message${count}`, `No. ${count}`);
    expect(played.state.calls?.broadcasts).toHaveLength(most);
    expect(played.unread(aida)[0]).toBe('No. 3');
    expect(played.hall().broadcasts[0]?.text).toBe(`No. ${most + 2}`);
  });
});

test('[W80] [W82] [W85] all of it is in the events, and nothing else is needed to know it', () => {
  const played = new Played();
  played.pace(aida, 'done');
  played.ask({ kind: 'callHelp' }, bolot);
  played.ask({ kind: 'takeHelp', call: played.call });
  played.send('all', 'Lunch');
  played.ask({ kind: 'readBroadcast', id: id<BroadcastId>('all') }, aida);
  expect(played.afterRestart).toEqual(played.state);
});
