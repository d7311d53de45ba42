import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ItemId, SeatId } from '#domain/ids.ts';
import { valueOf } from '#domain/value-of.sample.ts';
import { addItem } from '#protocol/board/edit.ts';
import { readBoard } from '#protocol/board/read.ts';
import { documentName } from '#protocol/document-name.ts';
import { backUp, restore } from '#server/storage/backup.ts';
import { erasureJournal } from '#server/storage/erasure-journal.ts';
import { openStorage } from '#server/storage/open-storage.ts';
import { HallOfSeats, NORTH } from './hall-of-seats.ts';

const CANARY = 'Qanarya Zzyx';
const ORGANISATION = 'Institute of Zzyxology';
const EMAIL = 'qanarya@zzyx.example';
const BOARD = documentName({ kind: 'board', room: NORTH });

let hall: HallOfSeats;
let aside: string;
beforeEach(async () => {
  hall = await HallOfSeats.open();
  aside = mkdtempSync(join(tmpdir(), 'dastarkhan-aside-'));
});
afterEach(async () => {
  await hall.close();
  rmSync(aside, { recursive: true, force: true });
});

/** Every file below the folder that holds one of the words, as UTF-8 or UTF-16. */
function filesWith(folder: string, words: readonly string[]): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    statSync(join(folder, file)).isFile(),
  );
  const needles = words.flatMap((word) => [Buffer.from(word), Buffer.from(word, 'utf16le')]);
  return files.filter((file) => {
    const bytes = readFileSync(join(folder, file));
    return needles.some((needle) => bytes.includes(needle));
  });
}

const config = () => ({ ...hall.services.config });

async function guest(name: string): Promise<SeatId> {
  const joined = valueOf(
    await hall.services.seats.join(
      { code: hall.forum.joinCode, name, country: 'KG', organisation: ORGANISATION, language: 'en' },
      { address: '192.0.2.1', userAgent: 'Mozilla/5.0 (Android 14) Firefox/140.0' },
    ),
  );
  if (joined.kind !== 'seated') throw new Error('the forum is full');
  return joined.seat.id;
}

/** Names that were typed before, and moved about by many others: whatever the database did with its pages. */
async function crowd(): Promise<SeatId> {
  const seat = await guest(CANARY);
  for (let n = 0; n < 60; n += 1) await guest(`Somebody with a name of some length, ${n} `.padEnd(70, '.'));
  const person = (await hall.services.storage.people.person(seat))!;
  await hall.services.storage.people.updatePerson({ ...person, name: `${CANARY} junior` });
  await hall.services.storage.people.updatePerson(person);
  await hall.services.sync.edit(BOARD, seat, (doc) =>
    addItem(
      doc,
      {
        id: 'item0001' as ItemId,
        theme: null,
        lang: 'en',
        blocks: [{ kind: 'paragraph', lang: 'en', runs: [{ text: 'Wells' }] }],
      },
      { seat, at: 0, origin: null },
    ),
  );
  return seat;
}

test('[A50] a person is erased from the database, its files and every later backup, and what they wrote stays', async () => {
  const seat = await crowd();
  const early = join(aside, 'early.db');
  await backUp(config(), early);
  expect(filesWith(hall.dataDir, [CANARY])).not.toEqual([]);
  expect(filesWith(aside, [CANARY, ORGANISATION])).toEqual(['early.db']);

  valueOf(await hall.services.erasure.person(seat));
  expect(filesWith(hall.dataDir, [CANARY])).toEqual([]);
  await backUp(config(), join(aside, 'late.db'));
  expect(filesWith(aside, [CANARY])).toEqual(['early.db']);
  expect((await hall.services.seats.people(hall.forum.id)).map(({ person }) => person.name)).not.toContain(CANARY);
  const board = JSON.stringify(readBoard(await hall.services.sync.read(BOARD)));
  expect(board).toContain('Wells');
  expect(board).not.toContain(CANARY);
  // Its journal holds ids alone.
  expect(readFileSync(erasureJournal(hall.dataDir), 'utf8')).toMatch(/^\{"at":\d+,"seat":"[a-z0-9]+"\}\n$/);

  // An older backup brings the person back, and the journal erases again.
  const { dataDir } = hall;
  await hall.services.close();
  await restore(config(), early, Date.now());
  const restored = readdirSync(dataDir).filter((file) => !file.includes('.before-'));
  expect(restored.filter((file) => filesWith(dataDir, [CANARY]).includes(file))).toEqual([]);
  const storage = await openStorage({ dataDir, databaseUrl: undefined });
  expect(await storage.people.person(seat)).toBeNull();
  expect((await storage.people.seat(seat))?.removedAt).not.toBeNull();
  expect((await storage.people.ofForum(hall.forum.id)).length).toBe(60);
  await storage.close();
});

test('[A50] an account is erased with its address and its person in every forum', async () => {
  const { accounts, seats, storage, sessions, erasure } = hall.services;
  const account = valueOf(await accounts.create({ email: EMAIL, name: CANARY, password: 'a table with bread' }));
  for (const forum of [hall.forum, hall.otherForum]) {
    const token = await seats.invite(forum.id, 'facilitator', null);
    valueOf(await accounts.acceptInvite(token, account));
  }
  await sessions.create(account, 'Firefox/140.0');
  await accounts.knowDevice(account, null);
  expect(filesWith(hall.dataDir, [CANARY, EMAIL])).not.toEqual([]);
  valueOf(await erasure.account(account.id));
  expect(filesWith(hall.dataDir, [CANARY, EMAIL, account.id]).filter((file) => !file.endsWith('erased.jsonl'))).toEqual(
    [],
  );
  expect(await storage.accounts.count()).toBe(0);
  expect(await storage.people.ofForum(hall.forum.id)).toEqual([]);
});

test('[A51] nobody is erased who is a forum’s last organizer, and nothing of them is', async () => {
  const { accounts, seats, storage, erasure } = hall.services;
  const made = async (name: string) =>
    valueOf(await accounts.create({ email: `${name}@example.org`, name, password: 'a table with bread' }));
  const [one, two] = [await made('one'), await made('two')];
  const enter = async (account: typeof one, role: 'organizer' | 'facilitator') =>
    valueOf(await accounts.acceptInvite(await seats.invite(hall.forum.id, role, null), account)).seat.id;
  const seat = await enter(one, 'organizer');
  const helper = await enter(two, 'facilitator');
  const refusal = { kind: 'lastOrganizer', forum: hall.forum.title };
  expect(await erasure.account(one.id)).toEqual({ ok: false, refusal });
  expect(await erasure.person(seat)).toEqual({ ok: false, refusal });
  expect(await storage.accounts.byId(one.id)).toEqual(one);
  expect(existsSync(erasureJournal(hall.dataDir))).toBe(false);
  valueOf(await seats.setRole(helper, 'organizer'));
  // Both at once: one of them stays.
  const both = await Promise.all([erasure.account(one.id), erasure.account(two.id)]);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await storage.accounts.count()).toBe(1);
});

test('[A50] no name, address or word of theirs is in what the server logs', async () => {
  const lines: string[] = [];
  const spies = (['log', 'error', 'warn', 'info'] as const).map((level) => {
    const before = console[level];
    console[level] = (...words: unknown[]) => void lines.push(words.map(String).join(' '));
    return () => (console[level] = before);
  });
  try {
    const seat = await crowd();
    await hall.services.accounts.signIn(EMAIL, CANARY, '192.0.2.1');
    valueOf(await hall.services.erasure.person(seat));
  } finally {
    for (const restoreLevel of spies) restoreLevel();
  }
  expect(lines.filter((line) => [CANARY, EMAIL, ORGANISATION, 'Wells'].some((word) => line.includes(word)))).toEqual(
    [],
  );
});
