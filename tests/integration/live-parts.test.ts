import { afterEach, expect, test, vi } from 'vitest';
import { Chance } from '#domain/chance.ts';
import type { Actor } from '#domain/forum/seat.ts';
import type { RoomId, SeatId, StepId } from '#domain/ids.ts';
import { stepIdAt } from '#domain/script/step.ts';
import type { WorkshopCommand } from '#domain/workshop/commands.ts';
import type { GivenScript } from '#domain/workshop/decide-script.ts';
import { screenView, view, type WorkshopView } from '#domain/workshop/view.ts';
import { LIVE_PROTOCOL_VERSION } from '#protocol/live/version.ts';
import { aForum, type Guest, liveRig, NORTH, SOUTH, WORKSHOP } from './live-rig.ts';

const SEEDS = Number(process.env.LIVE_PARTS_SEEDS ?? 3);
const CHANGES = 60;
const WEST = 'west00000001' as RoomId;
const ROOMS = [NORTH, SOUTH, WEST].map((id, at) => ({ id, name: `Room ${at + 1}` }));

let rig: Awaited<ReturnType<typeof liveRig>>;
afterEach(() => rig.close());

const until = (met: () => unknown) => vi.waitFor(() => expect(met()).toBeTruthy(), { timeout: 60_000, interval: 5 });
const seatAt = (index: number) => `guest${String(index).padStart(7, '0')}` as SeatId;

/** Parts of each kind of viewer besides those that everybody is told. */
const ONLY: Record<string, readonly string[]> = {
  participant: ['people', 'mine', 'room', 'calls'],
  observer: ['people', 'mine', 'room'],
  facilitator: ['people', 'mine', 'room', 'control', 'tick', 'hall', 'activity'],
  screen: ['mine', 'screen'],
};
const EVERYBODY = ['whole', 'shared', 'plan', 'running'];
const OF_CONTROL = /"(control|turning|planning|mixing|pinned|plannedEnd|takesPens)"/;

test.each(Array.from({ length: SEEDS }, (_, seed) => seed + 1))(
  '[P26] [W16] told by parts, everybody sees what is theirs and hears of no seat at another table (history %i)',
  async (seed) => {
    const chance = new Chance(seed);
    rig = await liveRig({ forum: aForum(ROOMS) });
    const leader: Actor = { seatId: rig.seats.add('facilitator1', 'facilitator'), role: 'facilitator' };
    const watching: Actor = { seatId: rig.seats.add('observer0001', 'observer'), role: 'observer' };
    const listeners: { kind: string; actor: Actor; guest: Guest }[] = [
      { kind: 'facilitator', actor: leader, guest: rig.join(leader.seatId) },
      { kind: 'observer', actor: watching, guest: rig.join(watching.seatId) },
      { kind: 'screen', actor: leader, guest: rig.join(leader.seatId, {}, { as: 'screen' }) },
      // a guest who asks for what is no guest's
      { kind: 'participant', actor: guestAt(0), guest: rig.join(rig.seats.arrive(seatAt(0)), {}, { as: 'screen' }) },
    ];
    await until(() => listeners.every(({ guest }) => guest.view));
    const met = new Map<SeatId, Set<SeatId>>();
    const state = () => rig.workshops.current(WORKSHOP)!;
    const remember = () => {
      for (const [seat, room] of state().seating) {
        const mates = met.get(seat) ?? new Set();
        for (const [other, at] of state().seating) if (at === room) mates.add(other);
        met.set(seat, mates);
      }
    };
    rig.workshops.onChange(remember);

    let arrived = 1;
    for (let change = 0; change < CHANGES; change += 1) {
      if (change % 6 === 0) {
        const actor = guestAt(arrived);
        const guest = rig.join(rig.seats.arrive(actor.seatId));
        listeners.push({ kind: 'participant', actor, guest });
        arrived += 1;
        if (chance.below(2) === 0) await until(() => guest.view);
      }
      const { kind, seat, ...asked } = anything(chance, arrived);
      await rig.workshops.command(WORKSHOP, leader, { kind, ...(seat && { seat }), ...asked } as WorkshopCommand, null);
      if (chance.below(8) === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await until(() => listeners.every(({ guest }) => guest.view));

    await vi.waitFor(
      () => {
        for (const { kind, actor, guest } of listeners) {
          const made = kind === 'screen' ? screenView : view;
          expect([kind, seen(guest.view!)]).toEqual([kind, seen(made(state(), actor, Date.now()))]);
        }
      },
      { timeout: 60_000, interval: 50 },
    );
    const screen = listeners.find(({ kind }) => kind === 'screen')!.guest;
    await until(() => screen.screen?.seated === state().seating.size && screen.screen.here === state().seating.size);

    for (const { kind, actor, guest } of listeners) {
      const parts = Object.keys(guest.counts).filter((part) => !EVERYBODY.includes(part));
      expect([kind, parts.filter((part) => !ONLY[kind]!.includes(part))]).toEqual([kind, []]);
      const frames = guest.frames.join('\n');
      if (kind !== 'facilitator') expect(frames).not.toMatch(OF_CONTROL);
      if (kind === 'facilitator' || kind === 'observer') continue;
      const known = kind === 'screen' ? new Set([actor.seatId]) : met.get(actor.seatId)!;
      const heard = Array.from({ length: arrived }, (_, index) => seatAt(index)).filter((id) => frames.includes(id));
      expect([kind, heard.filter((id) => !known.has(id))]).toEqual([kind, []]);
    }
    // the search would find one
    expect(listeners[0]!.guest.frames.join()).toContain(seatAt(1));
    expect(listeners[0]!.guest.frames.join()).toMatch(OF_CONTROL);
  },
);

test('[P26] whoever stops leading is told no more of what is for those who lead, and the other way round', async () => {
  rig = await liveRig({ forum: aForum(ROOMS) });
  const leader: Actor = { seatId: rig.seats.add('facilitator1', 'facilitator'), role: 'facilitator' };
  const other = rig.seats.add('organizer001', 'facilitator');
  const guest = rig.join(other);
  const aida = rig.join(rig.seats.arrive('aida00000001'));
  await until(() => guest.view?.turning && guest.present.length === 2 && aida.view);
  rig.seats.change(other, { role: 'observer' });
  await until(() => guest.view?.me.role === 'observer');
  expect(guest.view).not.toHaveProperty('turning');
  const before = guest.frames.length;
  const step = stepIdAt(1);
  expect(await rig.workshops.command(WORKSHOP, leader, { kind: 'startStep', step }, null)).toMatchObject({ ok: true });
  await rig.workshops.command(WORKSHOP, leader, { kind: 'pinSeat', seat: 'aida00000001' as SeatId }, null);
  await until(() => guest.view?.step.id === step);
  rig.join(rig.seats.arrive('bolot0000001'));
  await until(() => guest.people.some(({ seatId }) => seatId === 'bolot0000001'));
  const since = guest.frames.slice(before).join('\n');
  expect(since).not.toMatch(OF_CONTROL);
  expect(since).not.toMatch(/^(tick|control|hall \[\{)/m);
  rig.seats.change(other, { role: 'facilitator' });
  await until(() => guest.view?.mixing?.pinned.includes('aida00000001' as SeatId) && guest.present.length === 3);
});

test('[P26] [W87] a step that begins is one message to a phone, the same to all', async () => {
  rig = await liveRig({ forum: aForum(ROOMS) });
  const leader: Actor = { seatId: rig.seats.add('facilitator1', 'facilitator'), role: 'facilitator' };
  const host = rig.join(leader.seatId);
  const phones = [0, 1, 2, 3].map((index) => rig.join(rig.seats.arrive(seatAt(index))));
  await until(() => phones.every(({ counts, view }) => counts.calls && counts.running && view?.me.room));
  await until(() => host.present.length === 5);
  await gathered();
  const before = phones.map(({ frames }) => frames.length);
  for (const at of [1, 0, 1]) {
    await rig.workshops.command(WORKSHOP, leader, { kind: 'startStep', step: stepIdAt(at) }, null);
    await until(() => [host, ...phones].every(({ view }) => view?.step.id === stepIdAt(at)));
    await gathered();
  }
  const told = phones.map(({ frames }, index) => frames.slice(before[index]));
  expect(told[0]!.map((frame) => frame.split(' ', 1)[0])).toEqual(['shared', 'shared', 'shared']);
  expect(new Set(told.map((frames) => frames.join('\n'))).size).toBe(1);
});

test('[P26] what is one’s own by a step that is over, or a workshop that is closed, is told to each', async () => {
  rig = await liveRig({ forum: aForum(ROOMS) });
  const leader: Actor = { seatId: rig.seats.add('facilitator1', 'facilitator'), role: 'facilitator' };
  const host = rig.join(leader.seatId);
  const phones = [0, 1].map((index) => rig.join(rig.seats.arrive(seatAt(index))));
  await until(() => host.view && phones.every(({ view }) => view?.me.room));
  const ask = (command: WorkshopCommand, given: GivenScript | null = null) =>
    rig.workshops.command(WORKSHOP, leader, command, null, given);
  const [pairs, after] = ['pairs', 'after'] as StepId[] as [StepId, StepId];
  const steps = [
    { id: 'before' as StepId, kind: 'draft', minutes: 10 },
    { id: pairs, kind: 'draft', minutes: 10, place: 'pairs' },
    { id: after, kind: 'draft', minutes: 10 },
  ] as const;
  await ask({ kind: 'chooseScript', script: null }, { id: null, title: { en: 'In pairs' }, steps });
  for (const index of [0, 1]) await ask({ kind: 'moveSeat', seat: seatAt(index), room: WEST });
  await ask({ kind: 'startStep', step: pairs });
  await until(() => phones.every(({ view }) => view?.me.group?.seats.length === 2));
  await ask({ kind: 'startStep', step: after });
  await until(() => phones.every(({ view }) => view?.me.wrote?.[0]?.step === pairs));
  await ask({ kind: 'closeWorkshop' });
  await until(() => host.view?.rooms.every((room) => room.access === 'read'));
  await ask({ kind: 'reopenWorkshop' });
  await until(() => host.view?.rooms.every((room) => room.access === 'write'));
});

test('[W77] words of a step to come are told to nobody; who runs the workshop hears that there may be others', async () => {
  rig = await liveRig({ forum: aForum(ROOMS) });
  const leader: Actor = { seatId: rig.seats.add('facilitator1', 'facilitator'), role: 'facilitator' };
  const [host, phone] = [rig.join(leader.seatId), rig.join(rig.seats.arrive(seatAt(0)))];
  await until(() => host.present.length === 2 && phone.counts.running && phone.view?.me.room);
  await gathered();
  const before = phone.frames.length;
  const to = { instruction: { en: 'zqword three of them' } };
  const step = stepIdAt(2);
  const reworded: WorkshopCommand = { kind: 'changeStep', step, to, was: { instruction: null } };
  expect(await rig.workshops.command(WORKSHOP, leader, reworded, null)).toMatchObject({ ok: true });
  await until(() => host.view?.version === rig.workshops.current(WORKSHOP)!.version);
  await gathered();
  expect(phone.frames.slice(before)).toEqual([]);
  expect(host.frames.join('\n')).not.toContain('zqword');
});

test('[P26] a page of the protocol before is told so, is not seated and hears nothing; the page of now is let in', async () => {
  rig = await liveRig({ forum: aForum(ROOMS) });
  const seat = rig.seats.arrive(seatAt(0));
  const old = rig.join(seat, {}, { v: String(LIVE_PROTOCOL_VERSION - 1) });
  await until(() => old.error);
  // what `LiveConnection` takes for `outdated`; socket.io does not try again after it
  expect([old.error, old.socket.active, old.frames]).toEqual(['protocolChanged', false, []]);
  expect(rig.workshops.current(WORKSHOP)?.seating.has(seat)).toBeFalsy();
  const now = rig.join(seat);
  await until(() => now.view?.me.room);
});

test('[P26] how many sit elsewhere wakes no phone: it comes with what is told to all, or once ten seconds are over', async () => {
  let now = 1_000_000;
  rig = await liveRig({ forum: aForum(ROOMS), clock: () => now });
  const leader: Actor = { seatId: rig.seats.add('facilitator1', 'facilitator'), role: 'facilitator' };
  const [host, phone] = [rig.join(leader.seatId), rig.join(rig.seats.arrive(seatAt(0)))];
  for (const at of [1, 2]) rig.join(rig.seats.arrive(seatAt(at)));
  const move = (seat: SeatId, room: RoomId) =>
    rig.workshops.command(WORKSHOP, leader, { kind: 'moveSeat', seat, room }, null);
  const counts = ({ view }: Guest) => view?.rooms.map(({ seated }) => seated).join();
  await until(() => counts(host) === '1,1,1' && phone.view?.me.room === NORTH);
  now += 10_000;
  await move(seatAt(1), WEST);
  await until(() => counts(phone) === '1,0,2' && counts(host) === '1,0,2');
  await move(seatAt(2), SOUTH);
  await until(() => counts(host) === '1,1,1');
  await gathered();
  expect(counts(phone)).toBe('1,0,2');
  await rig.workshops.command(WORKSHOP, leader, { kind: 'startStep', step: stepIdAt(1) }, null);
  await until(() => phone.view?.step.id === stepIdAt(1));
  expect(counts(phone)).toBe('1,1,1');
});

/** Longer than anything is gathered here. */
const gathered = () => new Promise((resolve) => setTimeout(resolve, 400));

const guestAt = (index: number): Actor => ({ seatId: seatAt(index), role: 'participant' });

/**
 * The version says how new it is: who is not concerned by a change is told of none. How many sit elsewhere comes later, and is told
 * apart.
 */
const seen = ({ version: _, rooms, ...rest }: WorkshopView) => ({
  ...rest,
  rooms: rooms.map(({ seated, seats, ...room }) => ({ ...room, seats, ...(seats.length > 0 && { seated }) })),
});

function anything(chance: Chance, arrived: number): { kind: string; seat?: SeatId } & Record<string, unknown> {
  const [seat, room] = [seatAt(chance.below(arrived)), ROOMS[chance.below(ROOMS.length)]!.id];
  const step = stepIdAt(chance.below(3));
  const some = [
    () => ({ kind: 'moveSeat', seat, room }),
    () => ({ kind: 'moveSeat', seat, room }),
    () => ({ kind: 'moveSeat', seat, room }),
    () => ({ kind: chance.below(2) === 0 ? 'pinSeat' : 'unpinSeat', seat }),
    () => ({ kind: 'startStep', step }),
    () => ({ kind: 'extendStep', minutes: 3, ...(chance.below(2) === 0 && { room }) }),
    () => ({ kind: 'renameRoom', room, name: `Room ${chance.below(1_000)}` }),
    () => ({ kind: chance.below(2) === 0 ? 'pauseStep' : 'resumeStep', from: step }),
    () => ({ kind: 'setLength', step, minutes: 1 + chance.below(30) }),
    () => ({ kind: chance.below(2) === 0 ? 'freezeBoards' : 'unfreezeBoards', from: step }),
    () => ({ kind: chance.below(2) === 0 ? 'closeWorkshop' : 'reopenWorkshop' }),
  ];
  return some[chance.below(some.length)]!();
}
