import { afterEach, expect, test } from 'vitest';
import type { RoomId, SeatId, StepId } from '#domain/ids.ts';
import { DEFAULT_WISH } from '#domain/seating/guest.ts';
import { valueOf } from '#domain/value-of.sample.ts';
import type { MixAsk } from '#protocol/mix-query.ts';
import { GuestBook } from '#server/forum/guest-book.ts';
import { Mixing } from '#server/live/mixing.ts';
import { Workshops } from '#server/live/workshops.ts';
import { checkScript } from '#server/script/check-script.ts';
import { givenScript } from '#server/script/given-script.ts';
import { liveRig, WORKSHOP, type Guest, type Rig } from './live-rig.ts';
import { until } from './until.ts';

const LEADER = { seatId: 'leader000001' as SeatId, role: 'facilitator' } as const;
const SCRIPT = checkScript({
  script: 1,
  title: { en: 'Three rounds' },
  steps: [
    { id: 'talk', kind: 'talk', minutes: 5 },
    { id: 'mixed', kind: 'draft', minutes: 5, seating: 'rotate' },
    { id: 'again', kind: 'draft', minutes: 5, seating: { as: 'talk' } },
  ],
});

let rig: Rig;
afterEach(() => rig?.close());

/** Eight people in two rooms, who talk. */
async function talking() {
  rig = await liveRig();
  const leader = rig.join(rig.seats.add(LEADER.seatId, 'facilitator'));
  await until(() => leader.view);
  const guests = new Map<SeatId, Guest>();
  for (let n = 0; n < 8; n += 1) {
    const seat = rig.seats.arrive(`guest000000${n}`);
    guests.set(seat, rig.join(seat));
    await until(() => guests.get(seat)!.view?.me.room);
  }
  const given = givenScript(SCRIPT.script!);
  valueOf(await rig.workshops.command(WORKSHOP, LEADER, { kind: 'chooseScript', script: null }, null, given));
  await leader.command({ kind: 'startStep', step: 'talk' as StepId });
  const person = async (seat: SeatId) =>
    (await rig.seats.people()).find((entry) => entry.seat.id === seat)?.person ?? null;
  const book = new GuestBook({ seats: rig.seats, person });
  const present = () => rig.live.presentIn(WORKSHOP);
  const mixing = new Mixing({ workshops: rig.workshops, guests: (forum) => book.of(forum), present, clock: Date.now });
  const look = async (step: string, way: MixAsk['way'] = 'step') =>
    valueOf(await mixing.preview(WORKSHOP, LEADER, { way, step: step as StepId, wish: DEFAULT_WISH, without: [] }));
  await until(() => [...guests.values()].every(({ view }) => view?.step.id === ('talk' as StepId)));
  return { leader, guests, look, mixing };
}

const roomsOf = (guests: ReadonlyMap<SeatId, Guest>) =>
  new Map([...guests].map(([seat, { view }]) => [seat, view!.me.room as RoomId]));

test('[W101] [W102] [W104] a step’s rooms are looked at, told to those who move, and then so; the next goes back', async () => {
  const { leader, guests, look } = await talking();
  const before = roomsOf(guests);
  const seen = await look('mixed');
  expect(seen.moves).toHaveLength(8);
  expect(seen.again.pairs).toBeGreaterThanOrEqual(seen.again.least);
  expect(roomsOf(guests)).toEqual(before);
  const from = 'talk' as StepId;
  const { seed, version } = seen;
  expect(await leader.command({ kind: 'next', from, seating: { seed, version } })).toMatchObject({ ok: true });
  const wanted = new Map(seen.rooms.flatMap(({ room, seats }) => seats.map((seat) => [seat, room])));
  await until(() => [...guests].every(([seat, { view }]) => view?.me.goesTo?.room === wanted.get(seat)));
  expect(roomsOf(guests)).toEqual(before);
  expect(await leader.command({ kind: 'next', from, atOnce: true })).toMatchObject({ ok: true });
  await until(() => [...guests].every(([seat, { view }]) => view?.me.room === wanted.get(seat) && !view?.me.goesTo));
  for (const { view } of guests.values()) {
    const own = view!.rooms.find(({ id }) => id === view!.me.room)!;
    expect([view!.step.id, own.access, own.document]).toEqual(['mixed', 'write', `board/${own.id}`]);
  }
  await until(() => leader.view?.turning?.next?.seating);
  const back = await look('again');
  expect(
    new Map(back.moves.map(([seat]) => [seat, back.rooms.find(({ seats }) => seats.includes(seat))!.room])),
  ).toEqual(before);
  expect(await look('talk', 'as')).toMatchObject({ moves: { length: 8 } });
  expect(await look('close')).toMatchObject({ moves: [] });
});

test('[W103] who is pinned or moved after it was announced is told that they stay, and who runs it how many are left', async () => {
  const { leader, guests, look } = await talking();
  const { seed, version } = await look('mixed');
  await leader.command({ kind: 'next', from: 'talk' as StepId, seating: { seed, version } });
  await until(() => [...guests.values()].every(({ view }) => view?.me.goesTo));
  expect(leader.view?.turning?.turn?.moves).toBe(8);
  const [pinned, moved, removed] = [...guests.keys()] as [SeatId, SeatId, SeatId];
  const goes = (seat: SeatId) => guests.get(seat)!.view!.me.goesTo;
  await leader.command({ kind: 'pinSeat', seat: pinned });
  await until(() => !goes(pinned) && leader.view?.turning?.turn?.moves === 7);
  await leader.command({ kind: 'moveSeat', seat: moved, room: goes(moved)!.room });
  await until(() => !goes(moved) && leader.view?.turning?.turn?.moves === 6);
  await leader.command({ kind: 'removeSeat', seat: removed });
  await until(() => leader.view?.turning?.turn?.moves === 5);
});

test('[W102] who sat down after the preview stops no step and stays there, and a participant is shown none', async () => {
  const { leader, look, mixing } = await talking();
  const { seed, version } = await look('mixed');
  const late = rig.join(rig.seats.arrive('guest0000009'));
  await until(() => late.view?.me.room);
  const next = { kind: 'next', from: 'talk' as StepId } as const;
  const answers = await Promise.all([1, 2].map(() => leader.command({ ...next, seating: { seed, version } })));
  expect(answers).toMatchObject([{ ok: true }, { ok: true }]);
  expect(rig.storage.log.filter(({ kind }) => kind === 'turnAnnounced')).toHaveLength(1);
  await until(() => leader.view?.turning?.turn);
  expect(leader.view?.turning?.turn?.moves).toBe(8);
  const { room } = late.view!.me;
  await leader.command({ ...next, atOnce: true });
  await until(() => late.view?.step.id === ('mixed' as StepId));
  expect(late.view!.me).toMatchObject({ room });
  expect(late.view!.me.goesTo).toBeUndefined();
  const guest = { seatId: 'guest0000009' as SeatId, role: 'participant' } as const;
  const ask = { way: 'step', step: 'mixed' as StepId, wish: DEFAULT_WISH, without: [] } as const;
  expect(await mixing.preview(WORKSHOP, guest, ask)).toEqual({ ok: false, refusal: { kind: 'notAllowed' } });
  expect(await mixing.preview(WORKSHOP, LEADER, { ...ask, step: 'none' as StepId })).toEqual({
    ok: false,
    refusal: { kind: 'stepUnknown' },
  });
});

test('[W102] what was announced holds over a restart of the server: step and rooms, from when they were to begin', async () => {
  const { leader, look } = await talking();
  const { seed, version, rooms } = await look('mixed');
  await leader.command({ kind: 'next', from: 'talk' as StepId, seating: { seed, version } });
  await until(() => leader.view?.turning?.turn);
  const { startsAt } = leader.view!.turning!.turn!;
  rig.workshops.close();
  const again = new Workshops(rig.storage, () => Date.now() + 40_000);
  try {
    await again.state(WORKSHOP);
    await until(() => again.current(WORKSHOP)?.step.id === ('mixed' as StepId));
    const state = again.current(WORKSHOP)!;
    expect(state.step.startedAt).toBe(startsAt);
    const wanted = new Map(rooms.flatMap(({ room, seats }) => seats.map((seat) => [seat, room])));
    expect(state.seating).toEqual(wanted);
    expect(rig.storage.log.slice(-2).map(({ kind }) => kind)).toEqual(['roomsMixed', 'stepStarted']);
  } finally {
    again.close();
  }
});
