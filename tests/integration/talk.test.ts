import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Role } from '#domain/forum/seat.ts';
import type { SeatId } from '#domain/ids.ts';
import type { Step } from '#domain/script/step.ts';
import { LIMITS } from '#domain/limits.ts';
import type { HallTalk, OwnTalk } from '#domain/workshop/talk/view.ts';
import type { RunningPart } from '#protocol/live/down.ts';
import { Workshops } from '#server/live/workshops.ts';
import { hallIn, Listener, STEP } from './live-hall.ts';
import { liveRig, NORTH, SOUTH, WORKSHOP, type Rig } from './live-rig.ts';
import { until } from './until.ts';

let now = 1_000_000;
let rig: Rig;
beforeEach(async () => {
  now = 1_000_000;
  rig = await liveRig({ clock: () => now });
});
afterEach(() => rig.close());

/** Somebody with everything that they were ever told of the step. */
class Heard extends Listener {
  readonly parts: RunningPart[] = [];

  constructor(name: string, role?: Role, isNew?: boolean) {
    super(rig, name, role, isNew);
    this.guest.socket.on('running', (part) => this.parts.push(part));
  }
  get own() {
    return this.parts.at(-1) as (OwnTalk & { names?: readonly (readonly [SeatId, string])[] }) | null | undefined;
  }
  get hall() {
    return this.parts.at(-1) as HallTalk | null | undefined;
  }
}

async function hall(step: Partial<Step>) {
  const all = await hallIn(rig, { kind: 'talk', ...step }, (name, role) => new Heard(name, role));
  await until(() => all.host.hall && all.aida.own && all.bolot.own);
  return all;
}

test('[W94] at tables nobody is told who speaks at another one, and it costs nobody a view', async () => {
  const { host, aida, bolot } = await hall({ settings: { turns: { each: 60 } } });
  const views = [aida, bolot].map(({ guest }) => guest.views.length);
  const before = bolot.parts.length;
  expect(await aida.ask({ kind: 'passOn', circle: NORTH, from: aida.own!.since })).toMatchObject({ ok: true });
  await until(() => aida.own?.speaker?.seat === 'aida00000001');
  expect(aida.own!.speaker!.endsAt).toBe(now + 60_000);
  await until(() => host.hall?.floors.find(({ circle }) => circle === NORTH)?.speaker);
  expect(bolot.parts).toHaveLength(before);
  expect(await bolot.ask({ kind: 'passOn', circle: NORTH, from: aida.own!.since })).toEqual({
    refused: { kind: 'notAllowed' },
  });
  expect(JSON.stringify([bolot.parts, bolot.guest.people])).not.toContain('aida');
  expect(JSON.stringify(aida.parts)).not.toMatch(/bolot|"names"/);
  expect([aida, bolot].map(({ guest }) => guest.views.length)).toEqual(views);
});

test('[W94] before everybody those who speak and who are next are named, and nobody who waits behind them', async () => {
  const { host, aida, bolot } = await hall({ settings: { turns: 'queue' }, place: 'plenary' });
  const crowd = ['one000000001', 'two000000001', 'tre000000001'].map((name) => new Heard(name));
  await until(() => crowd.every(({ own }) => own));
  for (const one of [bolot, ...crowd]) {
    expect(await one.ask({ kind: 'askToSpeak', began: aida.own!.began })).toMatchObject({ ok: true });
  }
  await until(() => aida.own?.waiting === 4);
  await host.ask({ kind: 'passOn', circle: null, from: host.hall!.floors[0]!.since });
  await until(() => aida.own?.speaker);
  expect(aida.own).toMatchObject({ speaker: { seat: 'bolot0000001' }, waiting: 3 });
  expect(aida.own!.names).toEqual(['bolot0000001', 'one000000001', 'two000000001'].map((name) => [name, name]));
  expect(JSON.stringify(aida.parts)).not.toContain('tre000000001');
  expect(crowd[2]!.own).toMatchObject({ before: 2 });
});

test('[W93] whoever comes back is told how it stands, after a restart too, and that it is over', async () => {
  const { host, aida } = await hall({ settings: { turns: { each: 60 } } });
  await host.ask({ kind: 'passOn', circle: SOUTH, from: host.hall!.floors[1]!.since });
  now += 10_000;
  await host.ask({ kind: 'pauseStep', from: STEP });
  const again = new Heard('bolot0000001', 'participant', false);
  await until(() => again.own?.speaker?.left === 50_000);
  const after = new Workshops(rig.storage, () => now);
  expect((await after.state(WORKSHOP))?.talks).toEqual(rig.workshops.current(WORKSHOP)?.talks);
  after.close();
  await host.ask({ kind: 'closeWorkshop' });
  await until(() => [host, aida, again].every(({ parts }) => parts.at(-1) === null));
  const late = new Heard('late00000001');
  await until(() => late.parts.length > 0);
  expect(late.parts).toEqual([null]); // a page that comes back may remember more
});

test('[W91] a hand that goes up and down without end waits, whoever runs the workshop does not', async () => {
  const { host, aida } = await hall({ settings: { turns: 'queue' } });
  const { began } = aida.own!;
  const answers = [];
  for (let press = 0; press < LIMITS.callsOfSeat.most + 1; press += 1) {
    answers.push(await aida.ask({ kind: press % 2 === 0 ? 'askToSpeak' : 'takeBackAsking', began }));
  }
  expect(answers.at(-1)).toMatchObject({ refused: { kind: 'tooManyTries' } });
  expect(answers.slice(0, -1).every((answer) => 'ok' in answer)).toBe(true);
  const passOn = { kind: 'passOn', circle: NORTH, from: began } as const;
  expect(await aida.ask(passOn)).toMatchObject({ refused: { kind: 'tooManyTries' } });
  for (let press = 0; press < LIMITS.callsOfSeat.most + 1; press += 1) {
    expect(await host.ask({ kind: 'passOn', circle: SOUTH, from: began })).toMatchObject({ ok: true });
  }
});
