import { describe, expect, test } from 'vitest';
import type { RoomId, StepId } from '../../ids.ts';
import { access } from '../../permissions/access.ts';
import { Given, NOW, host, other, aida, azat, bolot, late, id, ARRIVE, LAST, NORTH, SOUTH } from '../played.sample.ts';
import type { WorkshopCommand } from '../commands.ts';
import { reportsView } from './view.ts';

const SECOND = 1_000; // ms
const REPORT = id<StepId>('report');
const WEST = id<RoomId>('west');

class Played extends Given {
  now = NOW;

  constructor() {
    super([
      { id: ARRIVE, kind: 'arrive', minutes: null },
      { id: REPORT, kind: 'report', minutes: 10, settings: { seconds: 90 } },
      { id: LAST, kind: 'close', minutes: null },
    ]);
    this.ask({ kind: 'next', from: ARRIVE });
  }
  ask(command: WorkshopCommand, by = host) {
    const decision = this.when(command, by, this.now);
    return decision.ok ? decision.value.map(({ kind }) => kind) : decision.refusal;
  }
  get shown() {
    return reportsView(this.state)!;
  }
  get current() {
    return this.shown.current?.room ?? null;
  }
  next(by = host, from = this.shown.since) {
    return this.ask({ kind: 'nextReport', from }, by);
  }
  give(room: RoomId, { from = this.shown.since, takesBack = false } = {}, by = host) {
    return this.ask({ kind: 'giveReport', room, from, ...(takesBack && { takesBack }) }, by);
  }
  reads(room: RoomId, who = aida) {
    return access({ kind: 'board', room }, who, this.state, this.now);
  }
}

describe('rooms report', () => {
  test('[W161] one after another, each once and with its time, in an order that is known from the beginning', () => {
    const played = new Played();
    const order = played.shown.line;
    expect([...order].sort()).toEqual([NORTH, SOUTH]);
    expect([played.current, played.shown.seconds]).toEqual([null, 90]);
    expect(played.next()).toEqual(['reportGiven']);
    expect(played.shown).toMatchObject({ current: { room: order[0], endsAt: NOW + 90 * SECOND }, line: [order[1]] });
    expect(played.next()).toEqual(['reportGiven']);
    expect(played.shown).toMatchObject({ current: { room: order[1] }, line: [], done: [order[0]] });
    expect(played.next()).toEqual(['reportEnded']);
    expect(played.shown).toMatchObject({ current: null, line: [], done: order });
    expect(played.next()).toEqual([]);
  });

  test('[W161] the order is drawn by when the step began, and a room that opens is the last', () => {
    const orderAt = (at: number) => {
      const played = new Played();
      const later = new Given(played.state.script);
      later.when({ kind: 'next', from: ARRIVE }, host, at);
      return reportsView(later.state)!.line.join();
    };
    expect(new Set(Array.from({ length: 20 }, (_, at) => orderAt(NOW + at)))).toEqual(
      new Set([`${NORTH},${SOUTH}`, `${SOUTH},${NORTH}`]),
    );
    const played = new Played();
    const order = played.shown.line;
    played.ask({ kind: 'openRoom', room: { id: WEST, name: 'West' } });
    expect(played.shown.line).toEqual(order); // nobody sits there
    played.ask({ kind: 'moveSeat', seat: azat.seatId, room: WEST });
    expect(played.shown.line).toEqual([...order, WEST]);
  });

  test('[W162] two who press at once go on once, and what was meant for another step does nothing', () => {
    const played = new Played();
    const { since } = played.shown;
    played.next(host, since);
    expect(played.next(other, since)).toEqual([]);
    expect(played.give(played.shown.line[0]!, { from: since }, other)).toEqual({ kind: 'floorPassedOn' });
    expect(played.next(host, played.state.step.began - 1)).toEqual({ kind: 'stepChanged' });
    expect(played.give(WEST)).toEqual({ kind: 'roomUnknown' });
    played.ask({ kind: 'startStep', step: LAST });
    expect(played.ask({ kind: 'nextReport', from: played.state.version })).toEqual({ kind: 'notAllowed' });
    played.ask({ kind: 'closeWorkshop' });
    expect(played.ask({ kind: 'nextReport', from: played.state.version })).toEqual({ kind: 'workshopClosed' });
  });

  test('[W162] out of turn, and back: whoever was called up by mistake has their place again', () => {
    const played = new Played();
    const [first, second] = played.shown.line as [RoomId, RoomId];
    played.next();
    played.give(second);
    expect(played.shown).toMatchObject({ current: { room: second }, line: [], done: [first] });
    expect(played.give(second)).toEqual([]);
    played.give(first, { takesBack: true });
    expect(played.shown).toMatchObject({ current: { room: first }, line: [second], done: [] });
  });

  test('[W162] the host of the room that reports says that it has finished, and nobody else who sits there or elsewhere', () => {
    const played = new Played();
    played.ask({ kind: 'nameHost', room: NORTH, seat: aida.seatId });
    played.ask({ kind: 'nameHost', room: SOUTH, seat: bolot.seatId });
    expect(played.next(aida)).toEqual({ kind: 'notAllowed' });
    played.give(NORTH);
    for (const who of [azat, bolot, late]) expect(played.next(who)).toEqual({ kind: 'notAllowed' });
    expect(played.ask({ kind: 'giveReport', room: SOUTH, from: played.shown.since }, aida)).toEqual({
      kind: 'notAllowed',
    });
    expect(played.next(aida)).toEqual(['reportEnded']);
    expect(played.shown).toMatchObject({ current: null, line: [SOUTH], done: [NORTH] });
  });

  test('[W163] a report’s time stands with the clock, is the same after a restart, and goes on when its step runs again', () => {
    const played = new Played();
    played.next();
    played.now += 30 * SECOND;
    played.ask({ kind: 'pauseStep', from: REPORT });
    played.now += 500 * SECOND;
    expect(played.shown.current).toMatchObject({ endsAt: null, left: 60 * SECOND });
    expect(reportsView(played.afterRestart)).toEqual(played.shown);
    played.ask({ kind: 'resumeStep', from: REPORT });
    expect(played.shown.current).toMatchObject({ endsAt: played.now + 60 * SECOND });
    const { line, current } = played.shown;
    played.ask({ kind: 'startStep', step: LAST });
    expect(reportsView(played.state)).toBeNull();
    played.now += 1_000 * SECOND;
    played.ask({ kind: 'startStep', step: REPORT });
    expect(played.shown).toMatchObject({ line, current: { room: current!.room, endsAt: played.now + 60 * SECOND } });
    expect(played.shown.since).toBe(played.state.step.began);
  });

  test('[W163] closing ends the report that runs, and it can be called up again', () => {
    const played = new Played();
    played.next();
    const room = played.current!;
    played.ask({ kind: 'closeWorkshop' });
    expect(reportsView(played.state)).toBeNull();
    played.ask({ kind: 'reopenWorkshop' });
    expect(played.shown).toMatchObject({ current: null, done: [] });
    expect(played.shown.line[0]).toBe(room);
  });

  test('[W164] everybody who sits here reads the board of the room that reports, only while it does', () => {
    const played = new Played();
    expect(played.reads(SOUTH)).toBe('none');
    played.give(SOUTH);
    expect([played.reads(SOUTH), played.reads(NORTH), played.reads(SOUTH, bolot)]).toEqual(['read', 'read', 'read']);
    expect([played.reads(SOUTH, late), played.reads(NORTH, bolot)]).toEqual(['none', 'none']);
    played.give(NORTH);
    expect([played.reads(SOUTH), played.reads(NORTH, bolot)]).toEqual(['none', 'read']);
    played.next();
    played.ask({ kind: 'startStep', step: LAST });
    expect(played.reads(SOUTH)).toBe('none');
  });
});
