import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Actor } from '#domain/forum/seat.ts';
import type { CommandId, SeatId } from '#domain/ids.ts';
import { stepIdAt } from '#domain/script/step.ts';
import type { WorkshopCommand } from '#domain/workshop/commands.ts';
import { WorkshopPermissions } from '#server/live/workshop-permissions.ts';
import { Workshops } from '#server/live/workshops.ts';
import { aForum, MemorySeats, MemoryStorage, NORTH, SOUTH, WORKSHOP } from './live-rig.ts';

const MINUTE = 60_000;
const [ARRIVE, WRITE, CLOSE] = [0, 1, 2].map(stepIdAt) as [ReturnType<typeof stepIdAt>, never, never];
const [host, second] = ['host', 'second'].map((seat): Actor => ({ seatId: seat as SeatId, role: 'facilitator' })) as [
  Actor,
  Actor,
];
const aida: Actor = { seatId: 'aida' as SeatId, role: 'participant' };

let storage: MemoryStorage;
let nodes: Workshops[];
/** One more server on the same storage, as after a restart. */
function server(): Workshops {
  const workshops = new Workshops(storage, Date.now);
  nodes.push(workshops);
  return workshops;
}
let commands = 0;
const ask = (workshops: Workshops, command: WorkshopCommand, by = host) =>
  workshops.command(WORKSHOP, by, command, `turn-command-${(commands += 1)}` as CommandId);
const begun = () => storage.log.flatMap((event) => (event.kind === 'stepStarted' ? [event.step] : []));

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  storage = new MemoryStorage(aForum());
  nodes = [];
});
afterEach(() => {
  for (const node of nodes) node.close();
  vi.useRealTimers();
});

test('[W60] two facilitators press next at once, on two servers: one step, and both are told it is done', async () => {
  const [one, two] = [server(), server()];
  const answers = await Promise.all([
    ask(one, { kind: 'next', from: ARRIVE }),
    ask(two, { kind: 'next', from: ARRIVE }, second),
  ]);
  expect(answers.map(({ ok }) => ok)).toEqual([true, true]);
  expect(begun()).toEqual([WRITE]);
});

test('[W61] the step begins by itself when that was announced, once on two servers, and pens go with it', async () => {
  const [one, two] = [server(), server()];
  const seats = new MemorySeats();
  const permissions = new WorkshopPermissions({ workshops: one, storage, seats, clock: Date.now });
  const room = (await one.takeSeat(WORKSHOP, aida))!;
  await permissions.load({ kind: 'board', room });
  await ask(one, { kind: 'next', from: ARRIVE });
  await ask(one, { kind: 'next', from: WRITE });
  await two.state(WORKSHOP);
  const may = () => permissions.access({ kind: 'board', room }, aida);
  await vi.advanceTimersByTimeAsync(29_900);
  expect([begun(), may()]).toEqual([[WRITE], 'write']);
  await vi.advanceTimersByTimeAsync(200);
  expect([begun(), may()]).toEqual([[WRITE, CLOSE], 'read']);
});

test('[W61] what was announced before a restart, or while nothing could be stored, begins as of then', async () => {
  const before = server();
  await ask(before, { kind: 'next', from: ARRIVE });
  await ask(before, { kind: 'next', from: WRITE });
  const announced = Date.now();
  before.close();
  vi.setSystemTime(announced + 10 * MINUTE);
  const after = server();
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  storage.broken = true;
  await after.state(WORKSHOP);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(begun()).toEqual([WRITE]);
  expect(log.mock.calls.length).toBeLessThan(10);
  storage.broken = false;
  log.mockRestore();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(begun()).toEqual([WRITE, CLOSE]);
  expect(after.current(WORKSHOP)?.step).toMatchObject({ id: CLOSE, startedAt: announced + 30_000 });
});

test('[W63] [W64] a room’s own minutes and a pause live over a restart', async () => {
  const before = server();
  await ask(before, { kind: 'next', from: ARRIVE });
  await ask(before, { kind: 'extendStep', minutes: 3, room: NORTH });
  vi.setSystemTime(Date.now() + 10 * MINUTE);
  await ask(before, { kind: 'pauseStep', from: WRITE });
  before.close();
  vi.setSystemTime(Date.now() + 60 * MINUTE);
  const after = server();
  const seen = await after.view(WORKSHOP, host);
  expect([seen?.step.left, seen?.rooms.map(({ more }) => more)]).toEqual([20 * MINUTE, [3 * MINUTE, undefined]]);
  await ask(after, { kind: 'resumeStep', from: WRITE });
  const told: (readonly string[])[] = [];
  after.onChange(() => told.push([NORTH, SOUTH].filter((room) => isOpen(after, room))));
  await vi.advanceTimersByTimeAsync(20 * MINUTE + 31_000);
  await vi.advanceTimersByTimeAsync(3 * MINUTE);
  expect(told).toEqual([[NORTH], []]);
});

function isOpen(workshops: Workshops, room: typeof NORTH): boolean {
  const { step } = workshops.current(WORKSHOP)!;
  return Date.now() < (step.rooms?.get(room) ?? step.endsAt!) + 30_000;
}
