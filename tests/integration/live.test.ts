import { afterEach, expect, test, vi } from 'vitest';
import type { CommandId, RoomId, SeatId, WorkshopId } from '#domain/ids.ts';
import { stepIdAt } from '#domain/script/step.ts';
import { documentName } from '#protocol/document-name.ts';
import { MARK } from '#protocol/mark.ts';
import { LIVE_PATH } from '#protocol/live/version.ts';
import { Credits } from '#server/live/credits.ts';
import { WorkshopPermissions } from '#server/live/workshop-permissions.ts';
import { Workshops } from '#server/live/workshops.ts';
import { aForum, FORUM, liveRig, MemoryStorage, NORTH, SOUTH, WORKSHOP, type Rig } from './live-rig.ts';
import { until } from './until.ts';

let rig: Rig;
afterEach(async () => {
  vi.useRealTimers();
  await rig?.close();
});

const facilitator = (seats: Rig['seats']) => seats.add('facilitator1', 'facilitator');
const id = <T extends string>(text: string) => text as T;

test('[W17] everybody who connects is seated in the smallest room and gets a view of their own', async () => {
  rig = await liveRig();
  const [aida, bolot] = [rig.seats.add('aida00000001', 'participant'), rig.seats.add('bolot0000001', 'participant')];
  const a = rig.join(aida);
  await until(() => a.view);
  const b = rig.join(bolot);
  await until(() => b.view && a.view?.rooms[1]?.seated);
  expect(a.view?.me.room).toBe(NORTH);
  expect(b.view?.me.room).toBe(SOUTH);
  // Bolot sits in another room.
  expect(a.people).toEqual([{ seatId: aida, name: aida, country: 'KG', language: 'ky', role: 'participant' }]);
});

test('[P23] names come with a seat at the same table and go with it; who runs the forum has them all', async () => {
  rig = await liveRig();
  const [aida, bolot] = [rig.seats.add('aida00000001', 'participant'), rig.seats.add('bolot0000001', 'participant')];
  const a = rig.join(aida);
  await until(() => a.view);
  const b = rig.join(bolot);
  await until(() => b.view);
  const leader = rig.join(facilitator(rig.seats));
  const names = (guest: typeof a) =>
    guest.people
      .map(({ name }) => name)
      .sort()
      .join();
  await until(() => names(leader) === 'aida00000001,bolot0000001,facilitator1');
  await until(() => names(a) === 'aida00000001,facilitator1' && names(b) === 'bolot0000001,facilitator1');
  expect(await leader.command({ kind: 'moveSeat', seat: bolot, room: NORTH })).toMatchObject({ ok: true });
  await until(() => names(a) === names(leader) && names(b) === names(leader));
  expect(await leader.command({ kind: 'moveSeat', seat: bolot, room: SOUTH })).toMatchObject({ ok: true });
  await until(() => names(a) === 'aida00000001,facilitator1' && names(b) === 'bolot0000001,facilitator1');
});

test('[P7] the board of another room is not in the bytes that a participant is sent', async () => {
  rig = await liveRig();
  const a = rig.join(rig.seats.add('aida00000001', 'participant'));
  await until(() => a.view);
  const shown = JSON.stringify(a.views);
  expect(shown).toContain(documentName({ kind: 'board', room: NORTH }));
  expect(shown + a.frames.join()).not.toContain(documentName({ kind: 'board', room: SOUTH }));
});

test('[P5] what a participant asks for in vain is refused in words, and nothing changes', async () => {
  rig = await liveRig();
  const a = rig.join(rig.seats.add('aida00000001', 'participant'));
  await until(() => a.view);
  const version = rig.storage.log.length;
  expect(await a.command({ kind: 'startStep', step: stepIdAt(1) })).toEqual({ refused: { kind: 'notAllowed' } });
  const rubbish = await a.socket.timeout(60_000).emitWithAck('command', { id: 'x', command: 7 } as never);
  expect(rubbish).toMatchObject({ refused: { kind: 'fieldInvalid' } });
  expect(rig.storage.log).toHaveLength(version);
});

test('[W4] a step that the facilitator starts reaches everybody, with the server’s clock', async () => {
  rig = await liveRig({ clock: () => 5_000_000 });
  const f = rig.join(facilitator(rig.seats));
  const a = rig.join(rig.seats.add('aida00000001', 'participant'));
  await until(() => f.view && a.view);
  const answer = await f.command({ kind: 'startStep', step: stepIdAt(1) });
  await until(() => a.view?.step.kind === 'writeTogether');
  expect(answer).toEqual({ ok: true, version: a.view?.version });
  expect(a.views.at(-1)?.now).toBe(5_000_000);
  expect(a.view?.step.endsAt).toBe(5_000_000 + 30 * 60_000);
  expect(a.view?.rooms[0]?.access).toBe('write');
});

test('[W11] a command that is sent again under its id is applied once and acknowledged again', async () => {
  rig = await liveRig();
  const f = rig.join(facilitator(rig.seats));
  await until(() => f.view);
  await f.command({ kind: 'startStep', step: stepIdAt(1) });
  const first = await f.command({ kind: 'extendStep', minutes: 1 }, 'the-same-id');
  const endsAt = (await rig.workshops.state(WORKSHOP))?.step.endsAt;
  const again = await f.command({ kind: 'extendStep', minutes: 1 }, 'the-same-id');
  expect(again).toEqual(first);
  expect((await rig.workshops.state(WORKSHOP))?.step.endsAt).toBe(endsAt);
});

test('[W89] a command is done by the moment it names or not at all, and answered again as it was', async () => {
  const now = 1_000_000;
  rig = await liveRig({ clock: () => now });
  const f = rig.join(facilitator(rig.seats));
  await until(() => f.view);
  const begin = { kind: 'startStep', step: stepIdAt(1) } as const;
  expect(await f.command(begin, 'too-late-by-then', now - 1)).toEqual({ refused: { kind: 'commandLate' } });
  expect((await rig.workshops.state(WORKSHOP))?.step.index).toBe(0);
  expect(await f.command(begin, 'in-time-for-it', now)).toMatchObject({ ok: true });
  const version = (await rig.workshops.state(WORKSHOP))?.version;
  expect(await f.command(begin, 'in-time-for-it', now - 1)).toEqual({ ok: true, version });
  expect(await f.command(begin, 'too-late-by-then', now + 1)).toEqual({ refused: { kind: 'commandLate' } });
});

test('[W12] two servers that decide at once keep one order and lose nothing', async () => {
  const storage = new MemoryStorage(aForum());
  rig = await liveRig();
  const nodes = [new Workshops(storage, Date.now), new Workshops(storage, Date.now)];
  const people = Array.from({ length: 40 }, (_, i) => ({
    seatId: id<SeatId>(`seat${i}`),
    role: 'participant' as const,
  }));
  await Promise.all(people.map((actor, i) => nodes[i % 2]?.takeSeat(WORKSHOP, actor)));
  expect(storage.log).toHaveLength(41);
  expect(new Set(storage.log.flatMap((event) => (event.kind === 'seatTaken' ? [event.seat] : []))).size).toBe(40);
  const sizes = new Map<RoomId, number>();
  for (const event of storage.log) {
    if (event.kind === 'seatTaken') sizes.set(event.room, (sizes.get(event.room) ?? 0) + 1);
  }
  expect([...sizes.values()]).toEqual([20, 20]);
});

test('[W12] what a server reads when it starts is not told as happening, and what another server does afterwards is', async () => {
  const storage = new MemoryStorage(aForum());
  rig = await liveRig();
  const host = { seatId: id<SeatId>('host'), role: 'facilitator' as const };
  const [before, after] = [new Workshops(storage, Date.now), new Workshops(storage, Date.now)];
  await before.state(WORKSHOP);
  await before.command(WORKSHOP, host, { kind: 'startStep', step: stepIdAt(1) }, id<CommandId>('start'));
  const told: string[] = [];
  after.onChange((_, events) => told.push(...(events ?? []).map(({ kind }) => kind)));
  expect((await after.state(WORKSHOP))?.step.index).toBe(1);
  expect(told).toEqual([]);
  await before.command(WORKSHOP, host, { kind: 'startStep', step: stepIdAt(2) }, id<CommandId>('next'));
  await after.refresh(WORKSHOP);
  expect(told).toEqual(['stepStarted']);
});

test('[W3] rooms that the organizer adds to the agenda open by themselves, and rooms opened live enter the agenda', async () => {
  rig = await liveRig();
  const f = rig.join(facilitator(rig.seats));
  await until(() => f.view);
  const west = { id: id<RoomId>('west00000001'), name: 'West' };
  expect(await f.command({ kind: 'openRoom', room: west })).toMatchObject({ ok: true });
  const [item] = rig.storage.forum.agenda;
  expect(item?.kind === 'workshop' && item.rooms.map(({ name }) => name)).toEqual(['North', 'South', 'West']);
  const forum = rig.storage.forum;
  const east = { id: id<RoomId>('east00000001'), name: 'East' };
  const agenda = forum.agenda.map((entry) =>
    entry.kind === 'workshop' ? { ...entry, rooms: [...entry.rooms, east] } : entry,
  );
  await rig.storage.forums.update({ ...forum, agenda, version: forum.version + 1 });
  await rig.workshops.planChanged(FORUM);
  await until(() => f.view?.rooms.length === 4);
  expect(f.view?.rooms.map(({ name }) => name)).toEqual(['North', 'South', 'West', 'East']);
});

test('[W3] a saved question and a new join code are told at once, the code to those who may read it', async () => {
  rig = await liveRig();
  const [f, a] = [rig.join(facilitator(rig.seats)), rig.join(rig.seats.add('aida00000001', 'participant'))];
  await until(() => f.plan?.joinCode === 'ABCDEFGH' && a.plan?.workshop.title === 'Together');
  const { forum } = rig.storage;
  const agenda = forum.agenda.map((item) => ({ ...item, question: 'What now?' }));
  const saved = { ...forum, agenda, joinCode: 'HGFEDCBA', version: forum.version + 1 };
  await rig.storage.forums.update(saved as never);
  const told: string[] = [];
  rig.workshops.shown.onChange((workshop) => told.push(workshop));
  await rig.workshops.planChanged(FORUM);
  await rig.workshops.planChanged(FORUM); // nothing is another
  expect(told).toEqual([WORKSHOP]);
  await until(() => a.plan?.workshop.question === 'What now?' && f.plan?.workshop.question === 'What now?');
  expect(f.plan?.joinCode).toBe('HGFEDCBA');
  expect(a.plan).not.toHaveProperty('joinCode');
  const late = rig.join(rig.seats.add('bolot0000001', 'participant'));
  await until(() => late.plan?.workshop.question === 'What now?');
});

test('[W37] a room of another workshop is not opened here', async () => {
  rig = await liveRig();
  const f = rig.join(facilitator(rig.seats));
  await until(() => f.view);
  const far = { id: id<RoomId>('far000000001'), name: 'Far' };
  const { forum } = rig.storage;
  const other = { ...forum.agenda.find(({ kind }) => kind === 'workshop')!, id: id('workshop0002'), rooms: [far] };
  await rig.storage.forums.update({ ...forum, agenda: [...forum.agenda, other] as never, version: forum.version + 1 });
  const rooms = f.view?.rooms.length;
  expect(await f.command({ kind: 'openRoom', room: far })).toMatchObject({
    refused: { kind: 'fieldInvalid', field: 'room' },
  });
  expect(f.view?.rooms).toHaveLength(rooms!);
});

test('[W13] a workshop without planned rooms opens with one plenary room, in the plan too', async () => {
  rig = await liveRig({ forum: aForum([]) });
  const state = await rig.workshops.state(WORKSHOP);
  expect(state?.rooms.map(({ name }) => name)).toEqual(['Пленарный зал']);
  const [item] = rig.storage.forum.agenda;
  expect(item?.kind === 'workshop' && item.rooms).toEqual(state?.rooms);
  expect(await rig.workshops.state(id<WorkshopId>('unknown00001'))).toBeNull();
});

test('[P8] a removed seat is disconnected at once, gives its chair back and is not let in again', async () => {
  rig = await liveRig();
  const aida = rig.seats.add('aida00000001', 'participant');
  const a = rig.join(aida);
  const f = rig.join(facilitator(rig.seats));
  await until(() => a.view && f.view?.rooms[0]?.seats.length === 1);
  rig.seats.change(aida, { removedAt: 1 });
  await until(() => a.socket.disconnected && f.view?.rooms[0]?.seats.length === 0);
  const again = rig.join(aida);
  await until(() => again.error);
  expect(again.view).toBeUndefined();
});

test('[P9] a new role counts at once', async () => {
  rig = await liveRig();
  const aida = rig.seats.add('aida00000001', 'participant');
  const a = rig.join(aida);
  await until(() => a.view);
  rig.seats.change(aida, { role: 'facilitator' });
  await until(() => a.view?.me.role === 'facilitator');
  expect(await a.command({ kind: 'startStep', step: stepIdAt(1) })).toMatchObject({ ok: true });
});

test.each([
  ['a stranger without a seat', { 'x-seat': 'nobody' }, {}],
  ['a page of another origin', { 'x-seat': 'facilitator1', origin: 'http://evil.test' }, {}],
  ['somebody who names no workshop', { 'x-seat': 'facilitator1' }, { workshop: 'unknown00001' }],
  ['a browser of another protocol version', { 'x-seat': 'facilitator1' }, { v: '0' }],
])('[P10] %s is not let in', async (_, headers: Record<string, string>, query: Record<string, string>) => {
  rig = await liveRig();
  facilitator(rig.seats);
  const guest = rig.join(headers['x-seat'] ?? '', headers, query);
  await until(() => guest.error);
  expect(guest.views).toEqual([]);
});

test('[P10] [Y78] long polling is for pages of ours: no other site can send our header, nor read what is sent as a script', async () => {
  rig = await liveRig();
  const seat = facilitator(rig.seats);
  const poll = async (headers: Record<string, string>, more = '') => {
    const address = `${rig.origin}${LIVE_PATH}?EIO=4&transport=polling&workshop=${WORKSHOP}${more}`;
    return (await fetch(address, { headers: { 'x-seat': seat, ...headers } })).status;
  };
  expect(await poll({})).toBe(403);
  expect(await poll({ origin: 'http://evil.test', [MARK]: '1' })).toBe(403);
  expect(await poll({ [MARK]: '1' }, '&j=0')).toBe(403);
  expect(await poll({ [MARK]: '1', 'x-seat': 'nobody' })).toBe(403);
  expect(await poll({ [MARK]: '1' })).toBe(200);
  expect(await poll({ origin: 'http://hall.test' })).toBe(200);
});

test('[Y78] over long polling a workshop is told and commanded, and who loses the seat is sent away', async () => {
  rig = await liveRig();
  const seat = facilitator(rig.seats);
  const f = rig.join(seat, { [MARK]: '1' }, {}, ['polling']);
  await until(() => f.view);
  expect(await f.command({ kind: 'startStep', step: stepIdAt(1) })).toMatchObject({ ok: true });
  await until(() => f.view?.step.index === 1);
  rig.seats.change(seat, { removedAt: 1 });
  await until(() => f.socket.disconnected);
});

test('[P10] oversized frames are refused', async () => {
  rig = await liveRig();
  const seat = facilitator(rig.seats);
  const f = rig.join(seat);
  await until(() => f.view);
  f.socket.emit('command', { id: 'x'.repeat(70_000) as CommandId, command: { kind: 'takeSeat' } }, () => {});
  await until(() => f.socket.disconnected);
});

test('[W14] commands in a flood are refused with how long to wait', async () => {
  rig = await liveRig({ clock: () => 1_000 });
  const f = rig.join(facilitator(rig.seats));
  await until(() => f.view);
  const answers = await Promise.all(Array.from({ length: 30 }, () => f.command({ kind: 'extendStep', minutes: 1 })));
  expect(answers.filter((answer) => 'ok' in answer)).toHaveLength(20);
  expect(answers.at(-1)).toEqual({ refused: { kind: 'tooManyTries', seconds: 1 } });
});

test('[W14] a seat’s commands are of one account, by whichever way they come', async () => {
  const commands = new Credits<SeatId>(() => 1_000);
  rig = await liveRig({ clock: () => 1_000, commands });
  const seat = facilitator(rig.seats);
  const tabs = [rig.join(seat), rig.join(seat)];
  await until(() => tabs.every(({ view }) => view));
  while (commands.spend(seat) === null); // as a page’s forms do
  for (const tab of tabs) {
    expect(await tab.command({ kind: 'takeSeat' })).toEqual({ refused: { kind: 'tooManyTries', seconds: 1 } });
  }
});

test('[W15] what could not be stored is refused, shown to nobody, and works when storage is back', async () => {
  rig = await liveRig();
  const f = rig.join(facilitator(rig.seats));
  await until(() => f.view);
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  rig.storage.broken = true;
  expect(await f.command({ kind: 'startStep', step: stepIdAt(1) })).toEqual({ refused: { kind: 'notStored' } });
  expect(rig.workshops.current(WORKSHOP)?.step.index).toBe(0);
  rig.storage.broken = false;
  log.mockRestore();
  expect(await f.command({ kind: 'startStep', step: stepIdAt(1) })).toMatchObject({ ok: true });
});

test('[W30] a command that is sent again, long after others, changes nothing and is answered as before', async () => {
  rig = await liveRig();
  const f = rig.join(facilitator(rig.seats));
  await until(() => f.view);
  const rename = (name: string, id: string) => f.command({ kind: 'renameRoom', room: NORTH, name }, id);
  const first = await rename('First', 'rename-first');
  await rename('Second', 'rename-second');
  expect(await rename('First', 'rename-first')).toEqual(first);
  expect(rig.workshops.current(WORKSHOP)?.rooms[0]?.name).toBe('Second');

  // one that changed nothing, and one that was refused, stay so when another step runs
  await f.command({ kind: 'startStep', step: stepIdAt(1) });
  expect(await f.command({ kind: 'startStep', step: stepIdAt(1) }, 'next-again')).toMatchObject({ ok: true });
  const late = await f.command({ kind: 'startStep', step: stepIdAt(2), from: stepIdAt(0) }, 'next-late');
  expect(late).toEqual({ refused: { kind: 'stepChanged' } });
  await f.command({ kind: 'startStep', step: stepIdAt(2) });
  expect(await f.command({ kind: 'startStep', step: stepIdAt(1) }, 'next-again')).toMatchObject({ ok: true });
  expect(rig.workshops.current(WORKSHOP)?.step.index).toBe(2);
  await f.command({ kind: 'startStep', step: stepIdAt(0) });
  expect(await f.command({ kind: 'startStep', step: stepIdAt(2), from: stepIdAt(0) }, 'next-late')).toEqual(late);
  expect(rig.workshops.current(WORKSHOP)?.step.index).toBe(0);
});

test('[W30] taking a seat, which every page does, leaves no answers behind', async () => {
  rig = await liveRig();
  const a = rig.join(rig.seats.add('aida00000001', 'participant'));
  await until(() => a.view);
  for (let time = 0; time < 5; time += 1) expect(await a.command({ kind: 'takeSeat' })).toMatchObject({ ok: true });
  expect(await a.command({ kind: 'closeWorkshop' })).toEqual({ refused: { kind: 'notAllowed' } });
  expect(rig.storage.commands.size).toBe(0);
});

test('[W33] the server tells its time to who asks', async () => {
  rig = await liveRig({ clock: () => 12_345 });
  const a = rig.join(rig.seats.add('aida00000001', 'participant'));
  await until(() => a.view);
  expect(await a.socket.timeout(60_000).emitWithAck('time')).toBe(12_345);
});

test('[W16] changes of one turn are sent as one view', async () => {
  rig = await liveRig();
  const f = rig.join(facilitator(rig.seats));
  await until(() => f.view);
  const before = f.views.length;
  const actors = Array.from({ length: 30 }, (_, i) => ({
    seatId: id<SeatId>(`seat${i}`),
    role: 'participant' as const,
  }));
  await Promise.all(actors.map((actor) => rig.workshops.takeSeat(WORKSHOP, actor)));
  await until(() => f.view?.rooms.reduce((sum, room) => sum + room.seats.length, 0) === 30);
  expect(f.views.length - before).toBeLessThan(10);
});

test('[W9] when the grace is over the server takes the pen away by itself', async () => {
  rig = await liveRig();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const storage = new MemoryStorage(aForum());
  const workshops = new Workshops(storage, Date.now);
  const permissions = new WorkshopPermissions({ workshops, storage, seats: rig.seats, clock: Date.now });
  const aida = { seatId: id<SeatId>('aida'), role: 'participant' as const };
  const host = { seatId: id<SeatId>('host'), role: 'facilitator' as const };
  const room = (await workshops.takeSeat(WORKSHOP, aida)) as RoomId;
  const board = { kind: 'board', room } as const;
  expect(await permissions.load(board)).toEqual({ forumId: FORUM });
  await workshops.command(WORKSHOP, host, { kind: 'startStep', step: stepIdAt(1) }, id<CommandId>('start'));
  const told: string[] = [];
  permissions.onChange(() => told.push(permissions.access(board, aida)));
  expect(permissions.access(board, aida)).toBe('write');
  vi.advanceTimersByTime(30 * 60_000 + 29_000);
  expect(permissions.access(board, aida)).toBe('write');
  expect(told).toEqual([]);
  vi.advanceTimersByTime(2_000);
  expect(told).toEqual(['read']);
  workshops.close();
});

test('[P8] permissions know a removed seat and a new role before its socket does', async () => {
  rig = await liveRig();
  const host = facilitator(rig.seats);
  const permissions = new WorkshopPermissions({
    workshops: rig.workshops,
    storage: rig.storage,
    seats: rig.seats,
    clock: Date.now,
  });
  const board = { kind: 'board', room: NORTH } as const;
  expect(permissions.access(board, { seatId: host, role: 'facilitator' })).toBe('none');
  await permissions.load(board);
  expect(permissions.access(board, { seatId: host, role: 'facilitator' })).toBe('write');
  rig.seats.change(host, { role: 'observer' });
  await until(() => permissions.access(board, { seatId: host, role: 'facilitator' }) === 'read');
  rig.seats.change(host, { removedAt: 1 });
  await until(() => permissions.access(board, { seatId: host, role: 'facilitator' }) === 'none');
  expect(await permissions.load({ kind: 'board', room: id<RoomId>('unknown00001') })).toBeNull();
  expect(await permissions.load({ kind: 'draft', seat: host })).toBeNull();
});

test('a client comes back by itself when the server restarts', async () => {
  rig = await liveRig();
  const seat = rig.seats.add('aida00000001', 'participant');
  const a = rig.join(seat);
  await until(() => a.view);
  const reasons: string[] = [];
  a.socket.on('disconnect', (reason) => reasons.push(reason));
  await rig.live.close();
  await until(() => reasons.length);
  expect(reasons[0]).toBe('transport close'); // After `io server disconnect` socket.io would not come back.
});
