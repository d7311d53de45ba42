import Sqlite from 'better-sqlite3';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConfigError } from '#server/config.ts';
import type { WorkshopId } from '#domain/ids.ts';
import { stepIdAt } from '#domain/script/step.ts';
import type { DocumentName } from '#protocol/document-name.ts';
import { openSqlite, type OpenDatabase } from './dialects.ts';

import { migrate } from './migrations.ts';
import { databaseFile, openStorage, storageOver } from './open-storage.ts';
import type { AccessScope } from './ports/access.ts';
import { StorageError } from './ports/storage-error.ts';
import type { SqliteThread } from './sqlite/sqlite-thread.ts';
import { refuseOldSqlite } from './sqlite/version.ts';

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'dastarkhan-storage-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const open = (folder = dataDir) => openStorage({ dataDir: folder, databaseUrl: undefined });
const problem = async (work: Promise<unknown>): Promise<Error> =>
  work.then(
    () => Promise.reject(new Error('it was accepted')),
    (error: Error) => error,
  );

const openRaw = (): Promise<OpenDatabase> => openSqlite(databaseFile(dataDir));

async function pragma({ db }: OpenDatabase, text: string): Promise<unknown> {
  const { rows } = await sql<Record<string, unknown>>`${sql.raw(`pragma ${text}`)}`.execute(db);
  return rows[0] && Object.values(rows[0])[0];
}

const BOARD = 'board/room0000a' as DocumentName;
const update = (seq: number, bytes: number) => ({
  document: BOARD,
  seq,
  update: new Uint8Array(bytes),
  seat: null,
  at: 1,
});

describe('the data folder', () => {
  test('is made when it is missing, with those above it', async () => {
    const folder = join(dataDir, 'a', 'b');
    await (await open(folder)).close();
    expect(existsSync(databaseFile(folder))).toBe(true);
  });

  test.each([
    ['a file', (folder: string) => folder],
    ['below a file', (folder: string) => join(folder, 'deeper')],
  ])('that is %s is refused in one line', async (_, path) => {
    const file = join(dataDir, 'file');
    writeFileSync(file, '');
    const error = await problem(open(path(file)));
    expect(error).toBeInstanceOf(ConfigError);
    expect(error.message).toMatch(/^DATA_DIR .* is not a folder$/);
  });

  test.skipIf(process.platform !== 'linux')('that cannot be made is refused in one line', async () => {
    const error = await problem(open('/proc/dastarkhan'));
    expect(error).toBeInstanceOf(ConfigError);
    expect(error.message).toMatch(/^DATA_DIR \/proc\/dastarkhan cannot be (used|written)[^\n]*$/);
  });

  test('with something else for a database is refused, and that is left alone', async () => {
    writeFileSync(databaseFile(dataDir), 'These are my notes, and no database at all.'.repeat(50));
    const error = await problem(open());
    expect(error).toBeInstanceOf(ConfigError);
    expect(error.message).toMatch(/dastarkhan\.db cannot be opened: file is not a database$/);
  });
});

describe('versions', () => {
  test('a database opens again and again', async () => {
    for (let start = 0; start < 3; start += 1) await (await open()).close();
  });

  test('a database from a newer version is refused', async () => {
    await (await open()).close();
    const raw = new Sqlite(databaseFile(dataDir));
    raw.exec("insert into dastarkhan_migration values ('9999-later', '2030-01-01T00:00:00Z')");
    raw.close();
    const error = await problem(open());
    expect(error).toBeInstanceOf(ConfigError);
    expect(error.message).toMatch(/newer version.*9999-later/);
  });

  test('the events of an older database have moved the epochs of their workshops', async () => {
    const older = await openRaw();
    await migrate(older.db, older.dialect, '0004-readiness');
    await older.close();
    const raw = new Sqlite(databaseFile(dataDir));
    raw.exec("insert into workshop_event values ('w1', 1, '{}'), ('w1', 2, '{}'), ('w2', 1, '{}')");
    raw.close();
    const storage = await open();
    const scopes = (['w1', 'w2', 'w3'] as WorkshopId[]).map((id): AccessScope => `workshop:${id}`);
    expect([...(await storage.access.epochs(scopes)).values()]).toEqual([2, 1, 0]);
    await storage.close();
  });

  test('[W67] events that an older database holds are read as today’s, which say their version', async () => {
    const workshop = 'w1' as WorkshopId;
    await (await open()).close();
    const raw = new Sqlite(databaseFile(dataDir));
    raw.exec(`insert into workshop_event values ('w1', 1, '{"kind":"stepStarted","index":1,"endsAt":null,"at":3}')`);
    const storage = await open();
    const older = { kind: 'stepStarted', step: stepIdAt(1), endsAt: null, at: 3 } as const;
    expect(await storage.events.read(workshop, 0)).toEqual([older]);
    const closed = { kind: 'workshopClosed', at: 4 } as const;
    await storage.events.append(workshop, 1, [closed], null);
    expect(raw.prepare('select data from workshop_event where version = 2').pluck().get()).toContain('"v":2');
    expect(await storage.events.read(workshop, 0)).toEqual([older, closed]);
    raw.close();
    await storage.close();
  });

  test('an SQLite that can lose commits is refused', () => {
    for (const version of ['3.51.2', '3.50.7', '3.7.0', '2.9.9']) {
      expect(() => refuseOldSqlite(version)).toThrow(ConfigError);
    }
    for (const version of ['3.51.3', '3.54.1', '4.0.0']) refuseOldSqlite(version);
  });

  test('commits are on the disk before they are answered', async () => {
    const database = await openRaw();
    expect(await pragma(database, 'journal_mode')).toBe('wal');
    expect(await pragma(database, 'synchronous')).toBe(2);
    expect(await pragma(database, 'foreign_keys')).toBe(1);
    await database.close();
  });
});

describe('a full disk', () => {
  test('refuses the whole append, is reported, and heals when there is room again', async () => {
    const database = await openRaw();
    const storage = await storageOver(database);
    await storage.documents.append([update(1, 10)]);
    await pragma(database, `max_page_count = ${Number(await pragma(database, 'page_count')) + 2}`);
    const error = await problem(storage.documents.append([update(2, 10), update(3, 100_000)]));
    expect(error).toBeInstanceOf(StorageError);
    expect(error.message).toMatch(/full/);
    expect(await storage.documents.read(BOARD)).toMatchObject({ seq: 1 });

    let seq = 1;
    await problem(
      (async () => {
        for (let more = 0; more < 1_000; more += 1) await storage.documents.append([update((seq += 1), 1_000)]);
      })(),
    );
    expect(await problem(storage.check())).toBeInstanceOf(StorageError);

    await pragma(database, 'max_page_count = 1000000');
    await storage.check();
    await storage.documents.append([update(seq, 100_000)]);
    expect((await storage.documents.read(BOARD)).seq).toBe(seq);
    await storage.close();
  });
});

test('what the database refuses is a StorageError, whatever store was asked', async () => {
  const database = await openRaw();
  const storage = await storageOver(database);
  await expect(sql`select * from nowhere`.execute(database.db)).rejects.toThrow(StorageError);
  await (database.log as SqliteThread).close();
  await expect(storage.accounts.count()).rejects.toThrow(StorageError);
  await expect(storage.documents.read(BOARD)).rejects.toThrow(StorageError);
  await expect(storage.check()).rejects.toThrow(StorageError);
});
