import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tooManyIn } from '#domain/forum/counts.ts';
import { parseForumJson } from '#protocol/forum-schema.ts';
import { Accounts } from '#server/auth/accounts.ts';
import { openStorage } from '#server/storage/open-storage.ts';
import type { Account } from '#server/storage/ports/accounts.ts';
import type { Storage } from '#server/storage/ports/storage.ts';
import { aForumDetails, aWorkshopPlan } from './forum-details.sample.ts';
import { Forums } from './forums.ts';

let dataDir: string;
let storage: Storage;
let now: number;
let forums: Forums;
let account: Account;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'dastarkhan-counts-'));
  storage = await openStorage({ dataDir, databaseUrl: undefined });
  now = Date.now();
  forums = new Forums(storage, () => now);
  const made = await new Accounts(storage, () => now).create({
    email: 'aigul@example.org',
    name: 'Aigul',
    password: 'a table with bread',
  });
  if (!made.ok) throw new Error('no account');
  account = made.value;
});

afterEach(async () => {
  await storage.close();
  rmSync(dataDir, { recursive: true });
});

let ids = 0;
const newId = () => `counted${String((ids += 1)).padStart(8, '0')}`;
const agenda = (workshops: number, rooms: number) =>
  Array.from({ length: workshops }, () => ({
    kind: 'workshop',
    title: 'Together',
    rooms: Array.from({ length: rooms }, (_, room) => ({ name: `Room ${room}` })),
  }));
const read = (given: unknown) => parseForumJson({ title: 'Many', from: '2026-05-14', agenda: given }, newId);
const plan = (workshop: string, rooms: number) =>
  aWorkshopPlan(
    workshop,
    Array.from({ length: rooms }, (_, room) => `${workshop}r${room}`),
  );

test.each([
  ['200 workshops of 200 rooms', agenda(200, 200), { what: 'workshops', most: 20 }],
  ['61 rooms in one', agenda(1, 61), { what: 'rooms', most: 60, field: 'agenda[0].rooms' }],
  ['101 rooms in two', [...agenda(1, 60), ...agenda(1, 41)], { what: 'roomsOfForum', most: 100 }],
  ['21 workshops', agenda(21, 1), { what: 'workshops', most: 20 }],
  ['a million of nothing', Array.from({ length: 1_000_000 }), { what: 'agendaItems', most: 200 }],
])('[S38] %s in a file are refused in words', (_, given, refusal) => {
  expect(read(given)).toMatchObject({ ok: false, refusal: { kind: 'limitReached', ...refusal } });
});

test('[S38] as many as there may be are a forum', () => {
  expect(read([...agenda(1, 60), ...agenda(1, 40), ...agenda(18, 0)])).toMatchObject({ ok: true });
  for (const odd of [null, 7, 'x', {}, [null, 7, { kind: 'workshop', rooms: 'many' }]]) {
    expect(tooManyIn(odd)).toBeNull();
  }
});

test('[S38] whatever way a forum comes, it is counted; one that was stored before may be edited but not grow', async () => {
  const many = aForumDetails({ agenda: [plan('workshop1', 60), plan('workshop2', 45)] });
  expect(await forums.create(account, many)).toMatchObject({ refusal: { kind: 'limitReached', what: 'roomsOfForum' } });
  const made = await forums.create(account, aForumDetails({ agenda: [plan('workshop1', 60), plan('workshop2', 40)] }));
  if (!made.ok) throw new Error('not made');
  const before = { ...made.value, ...many, version: made.value.version + 1 };
  expect(await storage.forums.update(before)).toBe(true); // as an older server stored it
  const renamed = await forums.update(before.id, before.version, { ...many, title: 'Renamed' });
  expect(renamed).toMatchObject({ ok: true });
  const grown = { ...many, agenda: [plan('workshop1', 60), plan('workshop2', 46)] };
  expect(await forums.update(before.id, before.version + 1, grown)).toMatchObject({
    refusal: { kind: 'limitReached', what: 'roomsOfForum', most: 100 },
  });
});

test('[S39] an account makes so many forums an hour, and may go on when the hour is over', async () => {
  const make = () => forums.create(account, aForumDetails({ agenda: [] }));
  for (let forum = 0; forum < 20; forum += 1) expect(await make()).toMatchObject({ ok: true });
  expect(await make()).toMatchObject({ refusal: { kind: 'tooManyForumsNow', most: 20, minutes: 60 } });
  now += 59 * 60_000;
  expect(await make()).toMatchObject({ refusal: { kind: 'tooManyForumsNow', minutes: 1 } });
  now += 61_000;
  expect(await make()).toMatchObject({ ok: true });
  expect(await forums.create(null, aForumDetails({ agenda: [] }))).toMatchObject({ ok: true });
});
