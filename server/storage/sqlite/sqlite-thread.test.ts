import Sqlite from 'better-sqlite3';
import { sql } from 'kysely';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DocumentName } from '#protocol/document-name.ts';
import { openSqlite, type OpenDatabase } from '../dialects.ts';
import { databaseFile, storageOver } from '../open-storage.ts';
import type { Storage } from '../ports/storage.ts';
import { StorageError } from '../ports/storage-error.ts';

const BOARD = 'board/room0000a' as DocumentName;
const row = (seq: number) => ({ document: BOARD, seq, update: new Uint8Array([seq]), seat: null, at: 1 });

let dataDir: string;
let database: OpenDatabase;
let storage: Storage;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'dastarkhan-thread-'));
  database = await openSqlite(databaseFile(dataDir));
  storage = await storageOver(database);
});
afterEach(async () => {
  vi.useRealTimers();
  await storage.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const turnOfTheLoop = () => new Promise(setImmediate);

/** Another process in the middle of a write: every write of ours waits, as behind a disk that stalls. */
function stall(): () => void {
  const other = new Sqlite(databaseFile(dataDir));
  other.exec('begin immediate');
  return () => other.close();
}

describe('a transaction that spans several questions', () => {
  test('keeps appends and reads out until it ends, and then they are stored in order', async () => {
    const settled: string[] = [];
    await database.db.transaction().execute(async (db) => {
      await db
        .insertInto('document_update')
        .values({ document: BOARD, seq: 1, bytes: new Uint8Array(), seat_id: null, at: 1 })
        .execute();
      for (const seq of [2, 3]) void storage.documents.append([row(seq)]).then(() => settled.push(`row ${seq}`));
      void storage.documents.read(BOARD).then(({ seq }) => settled.push(`read ${seq}`));
      for (let question = 0; question < 20; question += 1) await db.selectFrom('document').selectAll().execute();
      expect(settled).toEqual([]);
    });
    expect((await storage.documents.read(BOARD)).seq).toBe(3);
    expect(settled).toEqual(['row 2', 'row 3', 'read 3']);
  });

  test('that is rolled back takes nothing of what came meanwhile with it', async () => {
    let appended: Promise<void> | undefined;
    const abandoned = database.db.transaction().execute(async (db) => {
      await db
        .insertInto('document_update')
        .values({ document: BOARD, seq: 2, bytes: new Uint8Array(), seat_id: null, at: 1 })
        .execute();
      appended = storage.documents.append([row(1)]);
      await db.selectFrom('document').selectAll().execute();
      throw new Error('abandoned');
    });
    await expect(abandoned).rejects.toThrow('abandoned');
    await appended;
    expect((await storage.documents.read(BOARD)).updates).toEqual([new Uint8Array([1])]);
  });
});

describe('a transaction begins with its first question', () => {
  test('and is none where it asks for nothing', async () => {
    expect(await database.db.transaction().execute(() => Promise.resolve(7))).toBe(7);
    await storage.documents.append([row(1)]);
    expect((await storage.documents.read(BOARD)).seq).toBe(1);
  });

  test('which is not done where it cannot begin, and nothing is left of it', async () => {
    await sql`begin immediate`.execute(database.db); // as nobody does
    const failed = database.db.transaction().execute(async (db) => {
      await db
        .insertInto('document_update')
        .values({ document: BOARD, seq: 1, bytes: new Uint8Array(), seat_id: null, at: 1 })
        .execute();
    });
    await expect(failed).rejects.toThrow('within a transaction');
    expect((await storage.documents.read(BOARD)).seq).toBe(0);
    await storage.documents.append([row(1)]);
    expect((await storage.documents.read(BOARD)).updates).toEqual([new Uint8Array([1])]);
  });
});

describe('a disk that stalls', () => {
  test('does not stop the event loop, and what waited is stored when it answers', async () => {
    const goOn = stall();
    let isStored = false;
    const appended = storage.documents.append([row(1)]).then(() => (isStored = true));
    for (let turn = 0; turn < 1_000; turn += 1) await turnOfTheLoop();
    expect(isStored).toBe(false);
    goOn();
    await appended;
    expect((await storage.documents.read(BOARD)).seq).toBe(1);
  });

  test('is not ready after two seconds of silence; all who ask share one look', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const goOn = stall();
    const begin = vi.spyOn(database.db, 'transaction');
    const asked = Array.from({ length: 5 }, () => storage.check());
    const answers = Promise.allSettled(asked);
    await vi.advanceTimersByTimeAsync(1_999);
    const later = Promise.allSettled([storage.check()]);
    await vi.advanceTimersByTimeAsync(1);
    for (const answer of await answers) {
      expect(answer).toMatchObject({ status: 'rejected', reason: expect.any(StorageError) });
    }
    expect(begin).toHaveBeenCalledTimes(1);
    goOn();
    expect(await later).toMatchObject([{ status: 'fulfilled' }]);
    await storage.check();
    expect(begin).toHaveBeenCalledTimes(2);
  });
});

describe('closing', () => {
  test('waits for what was asked before', async () => {
    const appended = Array.from({ length: 50 }, (_, index) => storage.documents.append([row(index + 1)]));
    await storage.close();
    await Promise.all(appended);
    storage = await storageOver((database = await openSqlite(databaseFile(dataDir))));
    expect((await storage.documents.read(BOARD)).seq).toBe(50);
  });

  test('leaves nothing of a transaction that had not ended, and stores what waited behind it', async () => {
    let appended: Promise<void> | undefined;
    const cut = database.db.transaction().execute(async (db) => {
      await db
        .insertInto('document_update')
        .values({ document: BOARD, seq: 2, bytes: new Uint8Array(), seat_id: null, at: 1 })
        .execute();
      appended = storage.documents.append([row(1)]);
      await storage.close();
      await db.selectFrom('document').selectAll().execute();
    });
    await expect(cut).rejects.toThrow(StorageError);
    await appended;
    storage = await storageOver((database = await openSqlite(databaseFile(dataDir))));
    expect((await storage.documents.read(BOARD)).updates).toEqual([new Uint8Array([1])]);
  });

  test('twice is once', async () => {
    await storage.close();
    await storage.close();
    await expect(storage.documents.append([row(1)])).rejects.toThrow(StorageError);
  });
});

test('an append keeps the bytes it was given, whatever becomes of the buffer they are in', async () => {
  const buffer = new Uint8Array(100).fill(7);
  const appended = storage.documents.append([{ ...row(1), update: buffer.subarray(10, 13) }]);
  buffer.fill(0);
  await appended;
  expect((await storage.documents.read(BOARD)).updates).toEqual([new Uint8Array([7, 7, 7])]);
});

test('what changes nothing is no commit, and what changes something is one', async () => {
  const { db } = database;
  const commits = async () => (await database.held()).others;
  const set = (epoch: number) =>
    db.updateTable('access_epoch').set({ epoch }).where('scope', '=', 'passes').returning('epoch').execute();
  const before = await commits();
  await storage.sessions.removeExpired(1);
  await set(1);
  await db.transaction().execute((inner) => inner.deleteFrom('waiting').execute());
  expect(await commits()).toBe(before);
  await db.insertInto('access_epoch').values({ scope: 'passes', epoch: 1 }).execute();
  await set(2);
  await db.transaction().execute(async (inner) => {
    await inner.deleteFrom('access_epoch').execute();
    await inner.deleteFrom('waiting').execute();
  });
  expect(await commits()).toBe(before + 3);
});
