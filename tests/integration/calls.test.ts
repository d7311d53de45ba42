import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Role } from '#domain/forum/seat.ts';
import type { BroadcastId, RoomId } from '#domain/ids.ts';
import { LIMITS } from '#domain/limits.ts';
import type { HallCalls, OwnCalls } from '#domain/workshop/calls/view.ts';
import { WorkshopPermissions } from '#server/live/workshop-permissions.ts';
import { Workshops } from '#server/live/workshops.ts';
import { ARRIVE, hallIn, Listener } from './live-hall.ts';
import { liveRig, NORTH, SOUTH, WORKSHOP, type Rig } from './live-rig.ts';
import { until } from './until.ts';

let now = 1_000_000;
let rig: Rig;
beforeEach(async () => {
  now = 1_000_000;
  rig = await liveRig({ clock: () => now });
});
afterEach(() => rig.close());

/** Somebody with everything that they were ever told of calls. */
class Heard extends Listener {
  readonly calls: (OwnCalls | null)[] = [];
  readonly halls: (HallCalls | null)[] = [];

  constructor(name: string, role?: Role, isNew?: boolean) {
    super(rig, name, role, isNew);
    this.guest.socket.on('calls', (calls) => this.calls.push(calls));
    this.guest.socket.on('hall', (hall) => this.halls.push(hall));
  }
  get own() {
    return this.calls.at(-1);
  }
  get hall() {
    return this.halls.at(-1);
  }
}

async function hall() {
  const { host, aida, bolot } = await hallIn(rig, { kind: 'writeTogether' }, (name, role) => new Heard(name, role));
  await until(() => host.hall?.paces.length === 2 && host.hall.paces.every(({ here }) => here === 1));
  const { began } = rig.workshops.current(WORKSHOP)!.step;
  await until(() => [aida, bolot].every(({ guest }) => guest.view?.step.began === began));
  return { host, aida, bolot, began };
}
const sent = (id: string, text: string, room?: RoomId) =>
  ({ kind: 'sendBroadcast', id: id as BroadcastId, text, lang: 'en', ...(room && { room }), until: now }) as const;

test('[W87] a call, a pace and a message reach whom they concern, and nobody else is told anything', async () => {
  const { host, aida, bolot, began } = await hall();
  const before = [bolot.calls.length, aida.guest.views.length, bolot.guest.views.length];
  await aida.ask({ kind: 'callHelp' });
  await until(() => aida.own?.help && host.hall?.help[0]?.room === NORTH);
  const { call } = host.hall!.help[0]!;
  await host.ask({ kind: 'takeHelp', call });
  await until(() => aida.own?.help?.by === 'facilitator1');
  await aida.ask({ kind: 'tellPace', pace: 'done', began });
  await until(() => aida.own?.pace?.told === 'done' && host.hall?.paces[0]?.done === 1);
  await host.ask(sent('north0000001', 'To the window', NORTH));
  await until(() => aida.own?.broadcasts.length === 1);
  await aida.ask({ kind: 'readBroadcast', id: 'north0000001' as BroadcastId });
  await until(() => aida.own?.broadcasts.length === 0 && host.hall?.broadcasts[0]?.read === 1);
  // it cost nobody a view, and the other room nothing at all
  expect([bolot.calls.length, aida.guest.views.length, bolot.guest.views.length]).toEqual(before);
  await host.ask(sent('all000000001', 'Lunch'));
  await until(() => aida.own?.broadcasts.length === 1 && bolot.own?.broadcasts.length === 1);
  expect(JSON.stringify(bolot.calls)).not.toMatch(/To the window|"told":"done"|"help":\{/);
  expect([aida, bolot].flatMap(({ halls }) => halls)).toEqual([]);
  expect(host.calls).toEqual([]);
});

test('[W87] a room that presses at once is a few messages to who runs the workshop', async () => {
  const { host, aida, bolot, began } = await hall();
  const before = host.halls.length;
  for (const pace of ['done', 'more', null, 'more', 'done'] as const) {
    await Promise.all([aida, bolot].map((who) => who.ask({ kind: 'tellPace', pace, began })));
  }
  await until(() => host.hall?.paces.every(({ done }) => done === 1));
  expect(host.halls.length - before).toBeLessThan(8);
});

test('[W81] whoever goes is not counted, and is again when they come back', async () => {
  const { host, aida, began } = await hall();
  await aida.ask({ kind: 'tellPace', pace: 'done', began });
  await until(() => host.hall?.paces[0]?.done === 1);
  aida.guest.socket.disconnect();
  await until(() => host.hall?.paces[0]?.done === 0 && host.hall.paces[0].here === 0);
  const again = new Heard('aida00000001', 'participant', false);
  await until(() => again.own?.pace?.told === 'done' && host.hall?.paces[0]?.done === 1);
});

test('[W82] [W85] calls, paces and unread messages live over a restart, also one in the middle', async () => {
  const { host, aida, bolot, began } = await hall();
  await aida.ask({ kind: 'callHelp' });
  await host.ask({ kind: 'takeHelp', call: (await until(() => host.hall?.help[0]), host.hall!.help[0]!.call) });
  await bolot.ask({ kind: 'tellPace', pace: 'more', began });
  await host.ask(sent('all000000001', 'Lunch'));
  const after = new Workshops(rig.storage, () => now);
  expect((await after.state(WORKSHOP))?.calls).toEqual(rig.workshops.current(WORKSHOP)?.calls);
  expect(after.current(WORKSHOP)?.calls).toMatchObject({ help: new Map([[NORTH, { by: 'facilitator1' }]]) });
  after.close();
});

test('[W82] [W85] [W87] what else happens is told to all for whom it ends a call, a message or their part in it', async () => {
  const { host, aida, bolot } = await hall();
  const azat = new Heard('azat00000001');
  await until(() => azat.guest.view?.me.room);
  await host.ask({ kind: 'moveSeat', seat: azat.guest.view!.me.seatId, room: NORTH });
  await aida.ask({ kind: 'callHelp' });
  await until(() => azat.own?.help && aida.own?.help?.isMine);
  await host.ask({ kind: 'moveSeat', seat: aida.guest.view!.me.seatId, room: SOUTH });
  await until(() => azat.own?.help === null && aida.own?.help === null && host.hall?.help.length === 0);
  const all = [aida, azat, bolot];
  await host.ask(sent('all000000001', 'Lunch'));
  await until(() => all.every(({ own }) => own?.broadcasts.length === 1));
  await host.ask({ kind: 'startStep', step: ARRIVE });
  await until(() => all.every(({ own }) => own?.broadcasts.length === 0));
  const { seatId: seat } = azat.guest.view!.me;
  await host.ask({ kind: 'nameHost', room: NORTH, seat });
  await until(() => azat.own?.hosting);
  await host.ask({ kind: 'releaseHost', room: NORTH, seat });
  await until(() => azat.own && !azat.own.hosting);
  await host.ask({ kind: 'closeWorkshop' });
  await until(() => all.every(({ own }) => own?.mayCall === false));
  await host.ask({ kind: 'reopenWorkshop' });
  await until(() => all.every(({ own }) => own?.mayCall));
});

test('[W82] a seat that is removed takes its call along, and a new role is told what is its own', async () => {
  const { host, aida, bolot } = await hall();
  await aida.ask({ kind: 'callHelp' });
  await until(() => host.hall?.help.length === 1);
  rig.seats.change(aida.guest.view!.me.seatId, { removedAt: now });
  await until(() => host.hall?.help.length === 0);
  rig.seats.change(bolot.guest.view!.me.seatId, { role: 'facilitator' });
  await until(() => bolot.hall && bolot.own === null);
  rig.seats.change(host.guest.view!.me.seatId, { role: 'observer' });
  await until(() => host.hall === null);
});

test('[W87] who is moved is told the call of the room where they sit now', async () => {
  const { host, aida, bolot } = await hall();
  await bolot.ask({ kind: 'callHelp' });
  await until(() => bolot.own?.help);
  await host.ask({ kind: 'moveSeat', seat: aida.guest.view!.me.seatId, room: SOUTH });
  await until(() => aida.own?.help && !aida.own.help.isMine);
});

test('[W88] who presses without end is told to wait, what was kept is bounded, and reading is not counted', async () => {
  const { host, aida, bolot, began } = await hall();
  const refused = [];
  for (let press = 0; press < LIMITS.callsOfSeat.most + 3; press += 1) {
    const answer = await aida.ask({ kind: 'tellPace', pace: press % 2 ? 'done' : 'more', began });
    if ('refused' in answer) refused.push(answer.refused);
    now += 250; // within what a seat may send at all
  }
  expect(refused).toHaveLength(3);
  expect(refused[0]).toMatchObject({ kind: 'tooManyTries', seconds: expect.any(Number) });
  expect(rig.storage.log.filter(({ kind }) => kind === 'paceTold')).toHaveLength(LIMITS.callsOfSeat.most);
  expect(await bolot.ask({ kind: 'callHelp' })).toMatchObject({ ok: true });
  await host.ask(sent('all000000001', 'Lunch'));
  expect(await aida.ask({ kind: 'readBroadcast', id: 'all000000001' as BroadcastId })).toMatchObject({ ok: true });
  now += 10_000;
  expect(await aida.ask({ kind: 'callHelp' })).toMatchObject({ ok: true });
});

test('[W11] a call that is sent again after it was taken back stays taken back', async () => {
  const { host, aida } = await hall();
  const first = await aida.ask({ kind: 'callHelp' }, 'called-once-1');
  await until(() => host.hall?.help.length === 1);
  await aida.ask({ kind: 'callOffHelp', call: host.hall!.help[0]!.call });
  expect(await aida.ask({ kind: 'callHelp' }, 'called-once-1')).toEqual(first);
  expect(rig.workshops.current(WORKSHOP)?.calls?.help.size).toBe(0);
});

test('[W87] no call makes the sync server ask every socket for its rights again', async () => {
  const { host, aida, began } = await hall();
  const permissions = new WorkshopPermissions({
    workshops: rig.workshops,
    storage: rig.storage,
    seats: rig.seats,
    clock: () => now,
  });
  const changed = vi.fn();
  permissions.onChange(changed);
  await aida.ask({ kind: 'tellPace', pace: 'done', began });
  await aida.ask({ kind: 'callHelp' });
  await host.ask(sent('all000000001', 'Lunch'));
  expect(changed).not.toHaveBeenCalled();
  await host.ask({ kind: 'extendStep', minutes: 1 });
  expect(changed).toHaveBeenCalled();
});
