import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Board } from '#domain/board/board.ts';
import type { WorkshopPlan } from '#domain/forum/agenda.ts';
import type { Forum } from '#domain/forum/forum.ts';
import type { RehearsalWish } from '#domain/forum/rehearsal.ts';
import type { CommandId, StepId, WorkshopId } from '#domain/ids.ts';
import { LIMITS } from '#domain/limits.ts';
import type { Script } from '#domain/script/step.ts';
import { valueOf } from '#domain/value-of.sample.ts';
import type { WorkshopState } from '#domain/workshop/state.ts';
import { documentName } from '#protocol/document-name.ts';
import { randomId } from '#server/auth/tokens.ts';
import { runOf } from '#server/rehearsal/run-of.ts';
import { scriptFromLibrary } from '#server/script/given-script.ts';
import { startServices, type Services } from '#server/services.ts';
import { databaseFile, openStorage } from '#server/storage/open-storage.ts';
import type { Account } from '#server/storage/ports/accounts.ts';
import { detailsOf, NORTH, SOUTH, WORKSHOP } from './hall-of-seats.ts';
import { until } from './until.ts';

const HOUR = 3_600_000;
const SCRIPT = scriptFromLibrary('drafting-group-90')!;
const WISH: RehearsalWish = { people: 6, speed: 30, isByItself: false };

let dataDir: string;
let services: Services;
let server: Server;
let ahead = 0;
let forum: Forum;
let account: Account;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'dastarkhan-rehearsal-'));
  ahead = 0;
  await open();
  account = valueOf(
    await services.accounts.create({ name: 'Alyona', email: 'a@example.org', password: 'a sentence is long enough' }),
  );
  forum = valueOf(await services.forums.create(account, detailsOf('Here', WORKSHOP, [NORTH, SOUTH])));
  await services.workshops.state(WORKSHOP);
});
afterEach(async () => {
  await close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function open(): Promise<void> {
  const config = { port: 0, host: undefined, origin: undefined, dataDir, databaseUrl: undefined, redisUrl: undefined };
  services = await startServices(config, () => Date.now() + ahead);
  server = createServer();
  server.on('upgrade', (req, socket, head) => services.upgrade(req, socket, head) || socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  services.rehearsals.reachedAt({ origin: at, at, certificates: null });
}

async function close(): Promise<void> {
  await services.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

const plan = () => forum.agenda[0] as WorkshopPlan;
const start = (wish = WISH, of = forum) =>
  services.rehearsals.start(of, of.agenda[0] as WorkshopPlan, SCRIPT, account, wish);

async function another(number: number): Promise<Forum> {
  const [id, room] = [`workshopmore${number}`, `roommore${number}`] as [WorkshopId, never];
  return valueOf(await services.forums.create(account, detailsOf(`More ${number}`, id, [room])));
}

async function begun(wish = WISH) {
  const { rehearsal, workshop } = valueOf(await start(wish));
  const people = () => [...services.live.presentIn(workshop)];
  return { rehearsal, workshop, people };
}

/** By whoever rehearses, as the control room does it. */
async function next(rehearsal: Forum, workshop: WorkshopId): Promise<void> {
  const seat = (await services.storage.people.seatOfAccount(rehearsal.id, account.id))!;
  const { step } = (await services.workshops.state(workshop))!;
  const command = { kind: 'next', from: step.id, began: step.began, atOnce: true } as const;
  valueOf(await services.workshops.command(workshop, { seatId: seat.id, role: seat.role }, command, newId()));
}

const newId = (): CommandId => randomId() as CommandId;

/** How many rows each table has; those that count what happened are left out. */
function rows(): Record<string, number> {
  const database = new Sqlite(databaseFile(dataDir), { readonly: true });
  try {
    const tables = database.prepare(`select name from sqlite_master where type = 'table'`).pluck().all() as string[];
    const counted = tables.map((table) => [table, database.prepare(`select count(*) from "${table}"`).pluck().get()]);
    return Object.fromEntries(counted.filter(([table]) => table !== 'access_epoch')) as Record<string, number>;
  } finally {
    database.close();
  }
}

const filesWith = (word: string): string[] =>
  readdirSync(dataDir).filter((file) => readFileSync(join(dataDir, file)).includes(word));

/** The processes of simulated people that this one has started. */
function processes(): number[] {
  const tasks = `/proc/${process.pid}/task`;
  const children = readdirSync(tasks).flatMap((task) => readFileSync(join(tasks, task, 'children'), 'utf8').split(' '));
  return children
    .flatMap((pid) => Number(pid) || [])
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('people-process');
      } catch {
        return false;
      }
    });
}

test('[F30] [F33] people come to the copy and write there, and once it has ended nothing of it is left', async () => {
  const before = rows();
  const { rehearsal, workshop, people } = await begun();
  expect(rehearsal).toMatchObject({ title: 'Rehearsal: Here', rehearsal: { of: forum.id } });
  expect((await services.workshops.state(workshop))?.chosen?.title).toEqual(SCRIPT.title);
  await until(() => people().length >= WISH.people - 1);
  await next(rehearsal, workshop);
  await next(rehearsal, workshop);
  await vi.waitFor(async () => expect((await runOf(workshop, services))!.ideas).toBeGreaterThan(0), {
    timeout: 60_000,
  });
  expect(processes()).toHaveLength(1);
  expect((await services.forums.ofAccount(account.id)).map(({ id }) => id)).toEqual([forum.id]);

  expect(rehearsal.slug).toMatch(/^rehearsal-here-[a-z0-9]{6}$/);
  expect(services.rehearsals.lastOf(forum.id)).toBeNull();
  const ending = services.rehearsals.end(rehearsal);
  expect(services.rehearsals.isEnding(rehearsal.id)).toBe(true);
  await ending;

  expect(services.rehearsals.isEnding(rehearsal.id)).toBe(false);
  const { steps, of, ideas } = services.rehearsals.lastOf(forum.id)!;
  expect([steps, of > steps, ideas > 0]).toEqual([3, true, true]);
  expect(rows()).toEqual(before);
  expect(filesWith(rehearsal.id)).toEqual([]);
  expect(filesWith(workshop)).toEqual([]);
  expect(people()).toEqual([]);
  expect(processes()).toEqual([]);
  expect(await services.rehearsals.of(forum.id)).toBeNull();
  expect(await services.workshops.state(workshop)).toBeNull();
  expect(await services.forums.bySlug(rehearsal.slug)).toBeNull();
  expect((await services.workshops.state(WORKSHOP))?.rooms.map(({ id }) => id)).toEqual([NORTH, SOUTH]);
  await services.close();
  const storage = await openStorage({ dataDir, databaseUrl: undefined });
  expect(storage.losses.loss).toBeNull();
  await storage.close();
  await open();
});

test('[F30] people ask, support and write in every room within a few seconds of a step, also after they were mixed', async () => {
  const steps = [
    { id: 'arrive', kind: 'arrive', minutes: null },
    { id: 'ask', kind: 'ask', minutes: 10 },
    { id: 'draft', kind: 'draft', minutes: 30 },
    { id: 'again', kind: 'draft', minutes: 30, seating: 'shuffle' },
    { id: 'close', kind: 'close', minutes: null },
  ] as unknown as Script;
  const wish = { ...WISH, people: 8, speed: 10 } as const;
  const given = { ...SCRIPT, steps };
  const { rehearsal, workshop } = valueOf(await services.rehearsals.start(forum, plan(), given, account, wish));
  const now = async () => (await services.workshops.state(workshop))!;
  await until(() => [...services.live.presentIn(workshop)].length >= wish.people - 1);
  await next(rehearsal, workshop);
  await vi.waitFor(
    async () => {
      const questions = [...((await now()).questions?.get('ask' as StepId)?.values() ?? [])];
      expect(questions.length).toBeGreaterThan(1);
      expect(questions.some(({ supporters }) => supporters.size > 0)).toBe(true);
    },
    { timeout: 60_000 },
  );
  for (let step = 0; step < 2; step += 1) {
    const before = await ideasOf(await now());
    await next(rehearsal, workshop);
    await vi.waitFor(
      async () => {
        const after = await ideasOf(await now());
        for (const [room, ideas] of after) expect(ideas).toBeGreaterThan((before.get(room) ?? 0) + 1);
        expect(after.size).toBe(2);
      },
      { timeout: 60_000 },
    );
  }
  await services.rehearsals.end(rehearsal);
});

/** How many ideas stand on the board of each room. */
async function ideasOf({ rooms }: WorkshopState): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const { id } of rooms) {
    const { json } = await services.documents.board(documentName({ kind: 'board', room: id }));
    const { themes, loose } = JSON.parse(new TextDecoder().decode(json)) as Board;
    counts.set(id, [...loose, ...themes.flatMap(({ items }) => items)].length);
  }
  return counts;
}

test('[F31] a forum has one rehearsal at a time, and the server a few', async () => {
  const both = await Promise.all([start(), start()]);
  expect(both.map(({ ok }) => ok)).toEqual([true, false]);
  expect(both[1]).toMatchObject({ refusal: { kind: 'rehearsalRuns' } });
  const { rehearsal } = valueOf(both[0]!);
  expect(await start()).toMatchObject({ refusal: { kind: 'rehearsalRuns' } });
  expect(await start(WISH, rehearsal)).toMatchObject({ refusal: { kind: 'notAllowed' } });
  const { most } = LIMITS.rehearsalsOfServer;
  for (let number = 1; number <= most; number += 1) {
    const started = await start({ ...WISH, people: 1 }, await another(number));
    if (number < most) expect(started.ok).toBe(true);
    else expect(started).toMatchObject({ refusal: { kind: 'rehearsalsBusy', most } });
  }
  await services.rehearsals.end(rehearsal);
  expect((await start()).ok).toBe(true);
});

test('[F32] a guest who tries its code is refused, and its plan tells none', async () => {
  const { rehearsal, workshop, people } = await begun();
  const guest = { name: 'Aida', code: rehearsal.joinCode };
  const refusal = { kind: 'codeUnknown' };
  expect(await services.seats.join(guest, { address: '192.0.2.1' })).toMatchObject({ refusal });
  await until(() => people().length > 0);
  expect(services.workshops.shown.of(workshop)).not.toHaveProperty('joinCode');
  expect(services.workshops.shown.of(WORKSHOP)).toHaveProperty('joinCode', forum.joinCode);
  expect((await services.seats.people(rehearsal.id)).map(({ person }) => person.name)).not.toContain('Aida');
});

test('[F31] [F33] it ends by itself when its time is over', async () => {
  const { rehearsal, people } = await begun();
  await until(() => people().length > 0);
  ahead = LIMITS.hoursOfRehearsal.most * HOUR - 60_000;
  expect(await services.rehearsals.of(forum.id)).not.toBeNull();
  ahead += 120_000;
  await vi.waitFor(async () => expect(await services.forums.byId(rehearsal.id)).toBeNull(), { timeout: 60_000 });
  expect(processes()).toEqual([]);
});

test('[F33] what stops in mid-rehearsal is gone when it has stopped, and what was killed when it starts again', async () => {
  const before = rows();
  const { workshop, people, rehearsal } = await begun();
  await until(() => people().length >= WISH.people - 1);
  await next(rehearsal, workshop);
  await close();
  expect(rows()).toEqual(before);
  expect(processes()).toEqual([]);
  const killed = await openStorage({ dataDir, databaseUrl: undefined });
  await killed.forums.insert(rehearsal);
  await killed.documents.read(`outcome/${rehearsal.id}` as never);
  await killed.close();
  expect(rows()).not.toEqual(before);
  await open();
  expect(rows()).toEqual(before);
  expect(await services.forums.byId(forum.id)).toEqual(forum);
});

test('[F34] the people’s process may die: the server goes on, its place is free, and the rehearsal is ended as ever', async () => {
  const { rehearsal, people } = await begun();
  await until(() => people().length > 0);
  for (const pid of processes()) process.kill(pid, 'SIGKILL');
  await until(() => !services.rehearsals.hasPeople(rehearsal.id) && people().length === 0);
  expect((await services.workshops.state(plan().id))?.id).toBe(WORKSHOP);
  for (let number = 1; number <= LIMITS.rehearsalsOfServer.most; number += 1) {
    expect((await start({ ...WISH, people: 1 }, await another(number))).ok).toBe(true);
  }
  await services.rehearsals.end(rehearsal);
  expect(await services.forums.byId(rehearsal.id)).toBeNull();
});
