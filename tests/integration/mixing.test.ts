import { afterEach, describe, expect, test } from 'vitest';
import type { SeatId } from '#domain/ids.ts';
import { DEFAULT_WISH } from '#domain/seating/guest.ts';
import { stepIdAt } from '#domain/script/step.ts';
import { valueOf } from '#domain/value-of.sample.ts';
import { GuestBook } from '#server/forum/guest-book.ts';
import { Mixing } from '#server/live/mixing.ts';
import type { MixAsk } from '#protocol/mix-query.ts';
import { liveRig, NORTH, SOUTH, WORKSHOP, type Guest, type Rig } from './live-rig.ts';
import { until } from './until.ts';

const ASK: MixAsk = { way: 'mix', wish: DEFAULT_WISH, without: [] };

describe('rooms are mixed', () => {
  let rig: Rig;
  afterEach(() => rig.close());

  async function hall(people: number) {
    rig = await liveRig();
    const person = async (seat: SeatId) =>
      (await rig.seats.people()).find((entry) => entry.seat.id === seat)?.person ?? null;
    const book = new GuestBook({ seats: rig.seats, person });
    const present = () => rig.live.presentIn(WORKSHOP);
    const mixing = new Mixing({
      workshops: rig.workshops,
      guests: (forum) => book.of(forum),
      present,
      clock: Date.now,
    });
    const leader = rig.join(rig.seats.add('leader000001', 'facilitator'));
    await until(() => leader.view);
    const guests: Guest[] = [];
    for (let n = 0; n < people; n += 1) {
      const guest = rig.join(rig.seats.arrive(`guest000000${n}`));
      await until(() => guest.view);
      guests.push(guest);
    }
    await until(() => leader.view?.rooms.reduce((sum, { seats }) => sum + seats.length, 0) === people);
    const who = { seatId: 'leader000001' as SeatId, role: 'facilitator' as const };
    /** One that moves somebody: a draw may leave all where they are. */
    const preview = async (ask = ASK) => {
      for (let seed = ask.seed ?? 1; ; seed += 1) {
        const seen = valueOf(await mixing.preview(WORKSHOP, who, { ...ask, seed }));
        if (seen.moves.length > 0) return seen;
      }
    };
    const rooms = () => leader.view!.rooms.map(({ seats }) => [...seats].sort());
    return { leader, guests, mixing, preview, rooms };
  }

  test('[W55] [W56] what the preview shows is what everybody’s page shows, and it is taken back', async () => {
    const { leader, guests, preview, rooms } = await hall(8);
    const before = rooms();
    expect(await leader.command({ kind: 'startStep', step: stepIdAt(1) })).toMatchObject({ ok: true });
    const seen = await preview();
    expect(rooms()).toEqual(before);
    expect(await preview({ ...ASK, seed: seen.seed })).toEqual(seen);
    expect(seen.moves.length).toBeGreaterThan(0);
    expect(seen.again.pairs).toBeGreaterThanOrEqual(seen.again.least);
    const { seed, version } = seen;
    expect(await leader.command({ kind: 'mixRooms', seed, version })).toMatchObject({ ok: true });
    const planned = seen.rooms.map(({ seats }) => [...seats].sort());
    await until(() => JSON.stringify(rooms()) === JSON.stringify(planned));
    for (const [n, { room, seats }] of seen.rooms.entries()) {
      for (const seat of seats) {
        const guest = guests[Number(seat.at(-1))]!;
        await until(() => guest.view?.me.room === room);
        expect(guest.view!.rooms[n]!.document).toBe(`board/${room}`);
        await until(() => seats.every((mate) => guest.people.some(({ seatId }) => seatId === mate)));
        expect(
          guest.people
            .filter(({ role }) => role === 'participant')
            .map(({ seatId }) => seatId)
            .sort(),
        ).toEqual(planned[n]);
      }
    }
    expect(await leader.command({ kind: 'mixRooms', seed, version })).toEqual({ refused: { kind: 'seatsChanged' } });
    const mix = leader.view!.mixing!.mix!;
    expect(await leader.command({ kind: 'takeBackMix', mix })).toMatchObject({ ok: true });
    await until(() => JSON.stringify(rooms()) === JSON.stringify(before));
    await until(() => leader.view!.mixing!.mix === null);
  });

  test('[W55] of two who apply at once one mixes, and the other is told to look again', async () => {
    const { leader, preview } = await hall(6);
    const [one, other] = [await preview(), await preview({ ...ASK, seed: 99 })];
    const answers = await Promise.all(
      [one, other].map(({ seed, version }) => leader.command({ kind: 'mixRooms', seed, version })),
    );
    expect(answers.filter((answer) => 'ok' in answer)).toHaveLength(1);
    expect(answers).toContainEqual({ refused: { kind: 'seatsChanged' } });
    expect(rig.storage.log.filter(({ kind }) => kind === 'roomsMixed')).toHaveLength(1);
  });

  test('[W55] what one has seen can be done however many others another one looks at', async () => {
    const { leader, mixing, preview } = await hall(4);
    const { seed, version } = await preview();
    const other = { seatId: 'other0000001' as SeatId, role: 'facilitator' as const };
    for (let draw = 1; draw <= 100; draw += 1)
      valueOf(await mixing.preview(WORKSHOP, other, { ...ASK, seed: seed + draw }));
    expect(await leader.command({ kind: 'mixRooms', seed, version })).toMatchObject({ ok: true });
  });

  test('[W55] who sat down after the preview is not overlooked', async () => {
    const { leader, preview, rooms } = await hall(4);
    const { seed, version } = await preview();
    const late = rig.join(rig.seats.arrive('guest0000009'));
    await until(() => late.view?.me.room);
    const before = rooms();
    expect(await leader.command({ kind: 'mixRooms', seed, version })).toEqual({ refused: { kind: 'seatsChanged' } });
    expect(rooms()).toEqual(before);
  });

  test('[W48] [W58] a pin is told to who leads alone, and holds', async () => {
    const { leader, guests, preview } = await hall(6);
    const frames: string[] = [];
    for (const { socket } of guests) socket.onAny((...told: unknown[]) => frames.push(JSON.stringify(told)));
    expect(await leader.command({ kind: 'pinSeat', seat: 'guest0000000' as SeatId })).toMatchObject({ ok: true });
    await until(() => leader.view?.mixing?.pinned.includes('guest0000000' as SeatId));
    expect(frames).toEqual([]);
    const room = guests[0]!.view!.me.room!;
    for (let n = 0; n < 5; n += 1) {
      const { rooms } = await preview({ ...ASK, seed: n * 10 });
      expect(rooms.find((shown) => shown.room === room)!.seats).toContain('guest0000000');
    }
    const { seed, version } = await preview();
    expect(await leader.command({ kind: 'mixRooms', seed, version })).toMatchObject({ ok: true });
    await until(() => frames.length > 0 && leader.view?.mixing?.mix);
    expect(frames.filter((frame) => /pinned|mixing/.test(frame))).toEqual([]);
  });

  test('[W53] rooms are levelled out by who is here', async () => {
    const { guests, preview, leader, rooms } = await hall(8);
    for (const n of [0, 2, 4]) guests[n]!.socket.disconnect(); // three of the four in the north
    await until(() => leader.present.length === 6);
    const { moves, seed, version } = await preview({ ...ASK, way: 'level' });
    expect(moves.map(([, from]) => from)).toEqual([SOUTH]);
    expect(await leader.command({ kind: 'mixRooms', seed, version })).toMatchObject({ ok: true });
    await until(() => rooms()[0]!.length === 5);
    expect(leader.view!.rooms[0]!.id).toBe(NORTH);
  });

  test('[W59] who asks for a preview while one is being made waits for it', async () => {
    const { mixing } = await hall(2);
    const who = { seatId: 'leader000001' as SeatId, role: 'facilitator' as const };
    const [first, second] = await Promise.all([mixing.preview(WORKSHOP, who, ASK), mixing.preview(WORKSHOP, who, ASK)]);
    expect([first.ok, second.ok]).toEqual([true, false]);
    const guest = { seatId: 'guest0000000' as SeatId, role: 'participant' as const };
    expect(await mixing.preview(WORKSHOP, guest, ASK)).toEqual({ ok: false, refusal: { kind: 'notAllowed' } });
  });
});
