import Sqlite from 'better-sqlite3';
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ConfigError, type Config } from '#server/config.ts';
import { integrityOf, openSqlite, type OpenDatabase } from './dialects.ts';
import { describeMissing, lossOf, readMarkFile, type Held } from './high-water.ts';
import { eraseAgain } from './erasure-journal.ts';
import { lockDataDir } from './lock.ts';
import { appliedMigrations } from './migrations.ts';
import { databaseFile, expectDatabase, highWaterFile, storageOver } from './open-storage.ts';
import { keepPrivate } from './private-files.ts';

const ALL_PAGES = 2 ** 31 - 1;

/**
 * Writes a whole, checked copy of the database to `file`, also while a server runs. An older file of that name is replaced only
 * when the new one is complete and on the disk.
 */
export async function backUp(config: Config, file: string): Promise<{ bytes: number }> {
  const source = ownDatabase(config);
  const target = resolve(file);
  expectDatabase(config);
  if (target === source) throw new ConfigError(`${file} is the database itself`);
  if (existsSync(target) && !statSync(target).isFile()) throw new ConfigError(`${file} is not a file`);
  const unfinished = `${target}.unfinished`;
  try {
    removeDatabase(unfinished);
    keepPrivate(unfinished);
    const database = new Sqlite(source);
    try {
      // In one step: a copy in many would start again after each commit of a busy server.
      await database.backup(unfinished, { progress: () => ALL_PAGES });
    } finally {
      database.close();
    }
    standAlone(unfinished);
    flush(unfinished);
    renameSync(unfinished, target);
    flush(dirname(target));
  } catch (error) {
    removeDatabase(unfinished);
    if (error instanceof ConfigError) throw error;
    throw new ConfigError(`${file} cannot be written: ${(error as Error).message}`);
  }
  return { bytes: statSync(target).size };
}

/**
 * Puts a backup in the place of the database, and says what it lacks of what was there. The old one is kept aside; every document gets a new lineage, so that no browser
 * merges what it held from a time that is gone.
 */
export async function restore(
  config: Config,
  file: string,
  now: number,
): Promise<{ documents: number; keptAside: string | null; missing: readonly string[] }> {
  const target = ownDatabase(config);
  const backup = resolve(file);
  if (!existsSync(backup) || !statSync(backup).isFile()) throw new ConfigError(`${file} is not there`);
  if (backup === target) throw new ConfigError(`${file} is the database itself`);
  const lock = lockDataDir(config.dataDir);
  const unfinished = `${target}.restoring`;
  try {
    removeDatabase(unfinished);
    copyFileSync(backup, unfinished);
    keepPrivate(unfinished);
    if (existsSync(`${backup}-wal`)) copyFileSync(`${backup}-wal`, `${unfinished}-wal`);
    const { documents, held } = await renew(unfinished, file, config.dataDir);
    const missing = missingIn(held, highWaterFile(config.dataDir), now);
    flush(unfinished);
    const keptAside = existsSync(target) ? keepAside(target, now) : null;
    renameSync(unfinished, target);
    rmSync(highWaterFile(config.dataDir), { force: true }); // the next start begins another one
    flush(dirname(target));
    return { documents, keptAside, missing };
  } catch (error) {
    removeDatabase(unfinished);
    if (error instanceof ConfigError) throw error;
    throw new ConfigError(`${file} cannot be restored: ${(error as Error).message}`);
  } finally {
    lock.release();
  }
}

/** What the backup lacks of all that was ever stored here, as far as that is known; one sentence each. */
function missingIn(held: Held, markFile: string, now: number): readonly string[] {
  const mark = readMarkFile(markFile);
  const loss = mark && lossOf(mark, held, now);
  return loss ? describeMissing(loss) : [];
}

/** Checks the copy, brings it to this version, erases who has been erased since, and gives its documents new lineages. */
async function renew(copy: string, name: string, dataDir: string): Promise<{ documents: number; held: Held }> {
  const database = await openCopy(copy, name);
  const { db } = database;
  try {
    const integrity = await integrityOf(db, 'sqlite');
    if (integrity !== 'ok') throw new ConfigError(`${name} is damaged: ${integrity}`);
    if ((await appliedMigrations(db)).length === 0) throw new ConfigError(`${name} is not a backup of Dastarkhan`);
  } catch (error) {
    await database.close();
    throw error;
  }
  const storage = await storageOver(database);
  try {
    const held = await database.held();
    const names = await storage.documents.names();
    for (const document of names) await storage.documents.renewLineage(document);
    await eraseAgain(storage.erasure, dataDir);
    return { documents: names.length, held };
  } finally {
    await storage.close();
  }
}

async function openCopy(copy: string, name: string): Promise<OpenDatabase> {
  try {
    return await openSqlite(copy);
  } catch (error) {
    throw new ConfigError(`${name} is not a backup: ${(error as Error).message.split(': ').at(-1)}`);
  }
}

/** Gives the old database another name, with the log it may have left; it stays a database that can be restored. */
function keepAside(database: string, now: number): string {
  const stamp = new Date(now).toISOString().replace(/[:.]/g, '-');
  const aside = `${database}.before-${stamp}`;
  try {
    // Opening and closing folds the log of a crashed server into the file.
    new Sqlite(database).close();
  } catch {
    // Damaged: it is kept as it is, log and all.
  }
  linkSync(database, aside);
  for (const suffix of ['-wal', '-shm']) {
    if (existsSync(database + suffix)) renameSync(database + suffix, aside + suffix);
  }
  return aside;
}

/** One file that needs no log beside it, and holds together. */
function standAlone(file: string): void {
  const copy = new Sqlite(file);
  try {
    copy.pragma('journal_mode = DELETE');
    const integrity = copy.pragma('integrity_check', { simple: true });
    if (integrity !== 'ok') throw new ConfigError(`the database is damaged, nothing was written: ${String(integrity)}`);
  } finally {
    copy.close();
  }
}

function flush(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function removeDatabase(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(file + suffix, { force: true });
}

function ownDatabase(config: Config): string {
  if (config.databaseUrl) {
    throw new ConfigError('DATABASE_URL is set: use pg_dump and pg_restore for a Postgres database');
  }
  return databaseFile(config.dataDir);
}
