import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Seat } from '#domain/forum/seat.ts';
import { LIMITS } from '#domain/limits.ts';
import { stepIdAt } from '#domain/script/step.ts';
import { valueOf } from '#domain/value-of.sample.ts';
import { HallOfSeats, NORTH, SOUTH } from './hall-of-seats.ts';
import { Guest, liveRig, WORKSHOP, type Rig } from './live-rig.ts';
import type { Visitor } from './visitor.ts';
import { until } from './until.ts';

const GUESTS = Number(process.env.LIVE_ARRIVALS ?? 60);

describe('arrivals', () => {
  let rig: Rig;
  afterEach(() => rig.close());

  test('[S41] a hall that sits down is a few messages to who is there, and people are read once', async () => {
    rig = await liveRig();
    const read = vi.spyOn(rig.seats, 'people');
    const facilitator = rig.join(rig.seats.add('facilitator1', 'facilitator'));
    await until(() => facilitator.view);
    read.mockClear();
    const guests: Guest[] = [];
    for (let guest = 0; guest < GUESTS; guest += 1) {
      guests.push(rig.join(rig.seats.arrive(`guest${String(guest).padStart(7, '0')}`)));
    }
    await until(() => guests.every(({ view }) => view));
    await until(() => facilitator.present.length === GUESTS + 1 && facilitator.people.length === GUESTS + 1);
    const seated = () => facilitator.view!.rooms.reduce((sum, { seats }) => sum + seats.length, 0);
    await until(() => seated() === GUESTS);
    expect(facilitator.view?.rooms.map(({ seats }) => seats.length)).toEqual([GUESTS / 2, GUESTS / 2]);
    expect(read).not.toHaveBeenCalled();
    const { whole, mine = 0, shared = 0, room = 0, people = 0, tick = 0 } = facilitator.counts;
    expect([whole, mine]).toEqual([1, 0]);
    expect(Math.max(shared, room, people, tick)).toBeLessThan(GUESTS / 4);
    const state = rig.workshops.current(WORKSHOP);
    for (const { view } of [facilitator, ...guests]) {
      await until(() => view && view.version <= state!.version);
    }
  });

  test('[S42] who sits elsewhere has no name, and one who comes over has', async () => {
    rig = await liveRig();
    const [a, b] = [rig.seats.arrive('aida00000001'), rig.seats.arrive('bolot0000001')];
    const aida = rig.join(a);
    await until(() => aida.view);
    const bolot = rig.join(b);
    await until(() => bolot.view?.me.room && aida.view?.rooms.every(({ seated }) => seated === 1));
    expect(aida.people.map(({ seatId }) => seatId)).toEqual([a]);
    const leader = { seatId: rig.seats.add('facilitator1', 'facilitator'), role: 'facilitator' as const };
    const room = aida.view!.me.room!;
    await rig.workshops.command(WORKSHOP, leader, { kind: 'moveSeat', seat: b, room }, 'moved0001' as never);
    await until(() => aida.people.some(({ seatId }) => seatId === b));
    await until(() => bolot.view?.me.room === room && bolot.people.some(({ seatId }) => seatId === a));
  });

  test('[S35] who left and is let in again sits where they sat', async () => {
    rig = await liveRig();
    const seats = ['aida00000001', 'bolot0000001', 'chynara00001'].map((id) => rig.seats.arrive(id));
    for (const seatId of seats) await rig.workshops.takeSeat(WORKSHOP, { seatId, role: 'participant' });
    const bolot = { seatId: seats[1]!, role: 'participant' as const };
    const room = rig.workshops.current(WORKSHOP)?.seating.get(bolot.seatId);
    await rig.workshops.leave(rig.storage.forum.id, bolot.seatId);
    expect(rig.workshops.current(WORKSHOP)?.seating.has(bolot.seatId)).toBe(false);
    for (const id of ['dilnoza00001', 'erkin0000001']) {
      await rig.workshops.takeSeat(WORKSHOP, { seatId: id as Seat['id'], role: 'participant' });
    }
    expect(await rig.workshops.takeSeat(WORKSHOP, bolot)).toBe(room);
  });

  test.each([
    ['events that nobody knows', (guest: Guest) => void guest.socket.io.engine.write('2["nonsense"]')],
    ['malformed packets', (guest: Guest) => void guest.socket.io.engine.write('4["')],
    ['other namespaces', (guest: Guest) => void guest.socket.io.engine.write('0/other,')],
    ['commands without an answer', (guest: Guest) => void guest.socket.emit('command', {} as never, 7 as never)],
  ])('[S43] a flood of %s is cut off, and others notice nothing', async (_, send) => {
    rig = await liveRig();
    const flooder = rig.join(rig.seats.arrive('flooder00001'));
    const other = rig.join(rig.seats.add('facilitator1', 'facilitator'));
    await until(() => flooder.view && other.view);
    for (let packet = 0; packet < 5 * LIMITS.livePackets.most; packet += 1) send(flooder);
    await until(() => flooder.socket.disconnected);
    expect(await other.command({ kind: 'startStep', step: stepIdAt(1) })).toMatchObject({ ok: true });
    expect(other.socket.connected).toBe(true);
  });

  test('[S43] so is one seat that floods over many connections, and it comes in again once that is over', async () => {
    let now = 1_000_000;
    rig = await liveRig({ clock: () => now });
    const seat = rig.seats.arrive('flooder00001');
    const flooders = Array.from({ length: 4 }, () => rig.join(seat));
    const other = rig.join(rig.seats.add('facilitator1', 'facilitator'));
    await until(() => [other, ...flooders].every(({ view }) => view));
    const most = 3 * LIMITS.livePackets.most; // less than is too much for one connection
    const send = (guest: Guest) => void guest.socket.emit('time', () => undefined);
    for (const flooder of flooders) for (let packet = 0; packet < most; packet += 1) send(flooder);
    await until(() => flooders.some(({ socket }) => socket.disconnected));
    for (const flooder of flooders) send(flooder);
    await until(() => flooders.every(({ socket }) => socket.disconnected));
    const again = rig.join(seat);
    await until(() => again.error);
    expect(await other.command({ kind: 'startStep', step: stepIdAt(1) })).toMatchObject({ ok: true });
    expect(other.socket.connected).toBe(true);
    now += 2_000;
    const later = rig.join(seat);
    await until(() => later.view);
  });
});

describe('sockets', () => {
  let hall: HallOfSeats;
  const guests: Guest[] = [];
  const visitors: Visitor[] = [];
  afterEach(async () => {
    for (const { socket } of guests.splice(0)) socket.disconnect();
    for (const visitor of visitors.splice(0)) visitor.leave();
    await hall.close();
  });

  test('[S40] one seat’s sockets beyond its limit are refused on both channels; its neighbour sits down', async () => {
    hall = await HallOfSeats.open();
    const most = LIMITS.socketsOfSeat.most;
    const [greedy, neighbour] = [await hall.seat('facilitator'), await hall.seat('participant', { room: NORTH })];
    const live = Array.from({ length: most + 20 }, () => {
      const guest = new Guest(hall.origin, { cookie: greedy.cookie, origin: hall.origin }, {});
      guests.push(guest);
      return guest;
    });
    await until(() => live.every(({ view, error }) => view || error));
    expect(live.filter(({ view }) => view)).toHaveLength(most);
    // Each that was told so goes, and makes room for another to be told.
    expect(live.filter(({ error }) => error === 'tooManyTabs').length).toBeGreaterThanOrEqual(2);
    const boards = Array.from({ length: most + 20 }, () => hall.visit(`board/${SOUTH}`, greedy.cookie));
    const entered = await Promise.all(boards.map((visitor) => visitor.entered()));
    expect(entered.filter(Boolean)).toHaveLength(most);
    expect(await hall.visit(`board/${NORTH}`, neighbour.cookie).entered()).toBe(true);
    for (const { socket } of live) socket.disconnect();
    for (const board of boards) board.leave();
    await until(() => hall.services.live.connections === 0);
    const again = new Guest(hall.origin, { cookie: greedy.cookie, origin: hall.origin }, {});
    guests.push(again);
    await until(() => again.view);
  });

  test('[S34] who runs the forum hears how many wait at its door, a guest does not', async () => {
    hall = await HallOfSeats.open();
    const { forums, seats } = hall.services;
    const { id, version, ...details } = (await forums.byId(hall.forum.id))!;
    const { slug: _slug, joinCode, joinCodeExpiresAt: _end, ...rest } = details;
    valueOf(await forums.update(id, version, { ...rest, seats: 1 }));
    const [leader, guest] = [await hall.seat('facilitator'), await hall.seat('participant', { room: NORTH })];
    const [leading, sitting] = [leader, guest].map(({ cookie }) => {
      const socket = new Guest(hall.origin, { cookie, origin: hall.origin }, {});
      guests.push(socket);
      return socket;
    });
    await until(() => leading!.waiting === 0 && sitting!.view);
    const arrived = valueOf(await seats.join({ code: joinCode, name: 'Late' }, { address: 'hall' }));
    expect(arrived.kind).toBe('waiting');
    await until(() => leading!.waiting === 1);
    await seats.door.letIn(id, 1);
    await until(() => leading!.waiting === 0);
    expect(sitting!.waiting).toBeNull();
  });
});
