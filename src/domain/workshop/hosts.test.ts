import { describe, expect, test } from 'vitest';
import type { Actor } from '../forum/seat.ts';
import type { SeatId, StepId } from '../ids.ts';
import { may } from '../permissions/may.ts';
import { ownCalls } from './calls/view.ts';
import type { PlannedMix } from './decide-mixing.ts';
import { hostOf, staying } from './hosts.ts';
import { partsFor, screenParts } from './parts.ts';
import {
  actor,
  aida,
  azat,
  bolot,
  host,
  id,
  late,
  LAST,
  NORTH,
  NOW,
  other,
  RunningStep,
  SOUTH,
} from './played.sample.ts';
import { view } from './view.ts';

const TALK = id<StepId>('talk');

class Hosted extends RunningStep {
  constructor(settings?: { readonly turns: { readonly each: number } }, place?: 'plenary') {
    super({ id: TALK, kind: 'talk', minutes: 20, ...(settings && { settings }), ...(place && { place }) });
  }
  name(who: Actor, room = NORTH, instead?: SeatId, by = host) {
    return this.ask({ kind: 'nameHost', room, seat: who.seatId, ...(instead && { instead }) }, by);
  }
  release(who: Actor, room = NORTH) {
    return this.ask({ kind: 'releaseHost', room, seat: who.seatId });
  }
  get hosts() {
    return [hostOf(this.state, NORTH), hostOf(this.state, SOUTH)];
  }
}

describe('a room’s host', () => {
  test('[W105] is named, replaced and taken away again; a second copy changes nothing', () => {
    const played = new Hosted();
    expect(played.hosts).toEqual([null, null]);
    expect(played.name(aida)).toEqual(['hostNamed']);
    expect(played.name(aida)).toEqual([]);
    expect(played.name(azat, NORTH, aida.seatId)).toEqual(['hostNamed']);
    expect(played.hosts).toEqual(['azat', null]);
    expect(played.release(aida)).toEqual([]);
    expect(played.release(azat)).toEqual(['hostReleased']);
    expect(played.hosts).toEqual([null, null]);
  });

  test('[W105] sits in the room; who has left, sits elsewhere, or a room that is not there is refused', () => {
    const played = new Hosted();
    expect(played.name(bolot)).toEqual({ kind: 'sitsElsewhere' });
    expect(played.name(late)).toEqual({ kind: 'sitsElsewhere' });
    expect(played.name(aida, id('west'))).toEqual({ kind: 'roomUnknown' });
    played.ask({ kind: 'removeSeat', seat: aida.seatId });
    expect(played.name(aida)).toEqual({ kind: 'sitsElsewhere' });
    played.ask({ kind: 'closeWorkshop' });
    expect([played.name(azat), played.hosts]).toEqual([{ kind: 'workshopClosed' }, [null, null]]);
  });

  test('[W105] two who name at once: the second is told, and names instead of whom they saw', () => {
    const played = new Hosted();
    played.name(aida);
    expect(played.name(azat, NORTH, undefined, other)).toEqual({ kind: 'hostNamed' });
    expect(played.name(azat, NORTH, bolot.seatId, other)).toEqual({ kind: 'hostNamed' });
    expect(played.hosts).toEqual(['aida', null]);
  });

  test('[W105] is named by those alone who run the workshop', () => {
    const command = { kind: 'nameHost', room: NORTH, seat: aida.seatId } as const;
    const release = { kind: 'releaseHost', room: NORTH, seat: aida.seatId } as const;
    for (const role of ['participant', 'observer', 'translator'] as const) {
      expect([may(actor('x', role), command), may(actor('x', role), release)]).toEqual([false, false]);
    }
    expect([may(host, command), may(actor('o', 'organizer'), release)]).toEqual([true, true]);
  });

  test.each<[string, (played: Hosted) => void]>([
    ['moved by hand', (played) => void played.ask({ kind: 'moveSeat', seat: aida.seatId, room: SOUTH })],
    ['removed', (played) => void played.ask({ kind: 'removeSeat', seat: aida.seatId })],
    [
      'moved with others',
      (played) =>
        played.add([
          { kind: 'roomsMixed', way: 'mix', seed: 1, tables: [{ room: SOUTH, seats: [aida.seatId] }], at: NOW },
        ]),
    ],
  ])('[W106] who is %s is host no more, and does not become it by coming back', (_, go) => {
    const played = new Hosted();
    played.name(aida);
    go(played);
    expect(played.hosts).toEqual([null, null]);
    played.ask({ kind: 'takeSeat' }, aida);
    played.ask({ kind: 'moveSeat', seat: aida.seatId, room: NORTH });
    expect([played.state.seating.get(aida.seatId), played.hosts]).toEqual([NORTH, [null, null]]);
  });

  test('[W106] steps, Back, a pause, closing and a restart change no host', () => {
    const played = new Hosted();
    played.name(aida);
    played.ask({ kind: 'pauseStep', from: TALK });
    played.ask({ kind: 'resumeStep', from: TALK });
    played.ask({ kind: 'next', from: TALK, atOnce: true });
    played.ask({ kind: 'back', from: LAST, atOnce: true });
    played.ask({ kind: 'closeWorkshop' });
    played.ask({ kind: 'reopenWorkshop' });
    expect(played.state.step.id).toBe(TALK);
    expect(hostOf(played.state, NORTH)).toBe('aida');
    expect(hostOf(played.afterRestart, NORTH)).toBe('aida');
  });

  test('[W106] no new rooms move a host: what was planned before they were named is refused, what was announced passes them by', () => {
    const played = new Hosted();
    const { version } = played.state;
    played.name(aida);
    expect([...staying(played.state)]).toEqual(['aida']);
    const after = new Map([[aida.seatId, SOUTH]]);
    const mix: PlannedMix = { way: 'mix', seed: 1, version, after };
    expect(played.when({ kind: 'mixRooms', seed: 1, version }, host, NOW, { guests: new Map(), mix })).toMatchObject({
      refusal: { kind: 'seatsChanged' },
    });
    const seats = { way: 'mix', seed: 1, tables: [{ room: NORTH, seats: [bolot.seatId] }] } as const;
    played.add([{ kind: 'turnAnnounced', to: LAST, startsAt: NOW + 30_000, seats, by: host.seatId, at: NOW }]);
    played.name(bolot, SOUTH);
    expect(played.state.step.turn?.seats?.moves).toEqual(new Map());
  });

  test('[W107] passes the floor on at any moment in their own room, and nowhere else', () => {
    const played = new Hosted({ turns: { each: 60 } });
    const floor = () => played.state.talks!.get(TALK)!.floors;
    const pass = (by: Actor, circle = NORTH) =>
      played.ask({ kind: 'passOn', circle, from: floor().get(circle)!.since }, by);
    expect(pass(azat)).toEqual(['floorGiven']); // to aida
    expect(pass(azat)).toEqual({ kind: 'floorHeld' });
    played.name(azat);
    expect(pass(azat)).toEqual(['floorGiven']);
    expect(floor().get(NORTH)!.speaker?.seat).toBe('azat');
    expect(pass(azat, SOUTH)).toEqual({ kind: 'notAllowed' });
    const give = { kind: 'giveFloor', circle: NORTH, seat: aida.seatId, from: floor().get(NORTH)!.since } as const;
    expect(played.ask(give, azat)).toEqual({ kind: 'notAllowed' });
  });

  test('[W107] before everybody a host is one of many', () => {
    const played = new Hosted({ turns: { each: 60 } }, 'plenary');
    played.name(azat);
    const since = () => played.state.talks!.get(TALK)!.floors.get(null)!.since;
    expect(played.ask({ kind: 'passOn', circle: null, from: since() }, host)).toEqual(['floorGiven']);
    expect(played.ask({ kind: 'passOn', circle: null, from: since() }, azat)).toEqual({ kind: 'floorHeld' });
  });

  test('[W107] closes the room’s call for help, whoever called, and no other room’s', () => {
    const played = new Hosted();
    played.ask({ kind: 'callHelp' }, aida);
    played.ask({ kind: 'callHelp' }, bolot);
    const call = (room = NORTH) => played.state.calls!.help.get(room)!.call;
    expect(played.ask({ kind: 'callOffHelp', call: call() }, azat)).toEqual({ kind: 'notAllowed' });
    played.name(azat);
    expect(played.ask({ kind: 'callOffHelp', call: call(SOUTH) }, azat)).toEqual({ kind: 'notAllowed' });
    expect(played.ask({ kind: 'callOffHelp', call: call() }, azat)).toEqual(['helpCalledOff']);
  });
});

describe('who is told', () => {
  test('[W107] a room of its host, those who see everybody of all hosts, another room of none', () => {
    const played = new Hosted();
    played.name(aida);
    const hosts = (who: Actor) => view(played.state, who, NOW).rooms.map((room) => room.host);
    expect([hosts(azat), hosts(bolot), hosts(host)]).toEqual([
      ['aida', undefined],
      [undefined, undefined],
      ['aida', undefined],
    ]);
    expect(JSON.stringify(partsFor(played.state, bolot, NOW))).not.toContain('aida');
    expect(JSON.stringify(screenParts(played.state, host, NOW))).not.toContain('aida');
  });

  test('[W107] a host of how many in their room are done or want more time, and nobody else', () => {
    const played = new RunningStep({ id: TALK, kind: 'writeTogether', minutes: 20 });
    const { began } = played.state.step;
    played.ask({ kind: 'nameHost', room: NORTH, seat: aida.seatId });
    played.ask({ kind: 'tellPace', pace: 'done', began }, azat);
    played.ask({ kind: 'tellPace', pace: 'more', began }, bolot);
    const present = () => new Set([aida.seatId, azat.seatId, bolot.seatId]);
    expect(ownCalls(played.state, aida.seatId, present).hosting).toEqual({ room: NORTH, here: 2, done: 1, more: 0 });
    for (const who of [azat, bolot]) expect(ownCalls(played.state, who.seatId, present)).not.toHaveProperty('hosting');
    played.ask({ kind: 'removeSeat', seat: aida.seatId });
    expect(ownCalls(played.state, aida.seatId, present)).not.toHaveProperty('hosting');
  });
});
