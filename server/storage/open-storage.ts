import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigError, type Config } from '#server/config.ts';
import { AccountTable } from './accounts.ts';
import { closeDatabase, openPostgres, openSqlite, type DialectName } from './dialects.ts';
import { DocumentTable } from './documents.ts';
import { EventTable } from './events.ts';
import { ForumTable } from './forums.ts';
import { migrate } from './migrations.ts';
import { PeopleTable } from './people.ts';
import type { Storage } from './ports.ts';
import type { Database } from './schema.ts';
import { SessionTable } from './sessions.ts';

/** Long enough to need pages of its own, so that a full disk shows. */
const PADDING = 'x'.repeat(8_192);

export const databaseFile = (dataDir: string): string => join(dataDir, 'dastarkhan.db');

/**
 * Opens the database of the configuration, new or old, and brings it to this version. `ConfigError` says in one line what the
 * operator has to mend.
 */
export async function openStorage(config: Pick<Config, 'dataDir' | 'databaseUrl'>): Promise<Storage> {
  const { db, dialect } = openDatabase(config);
  return storageOver(db, dialect);
}

export function openDatabase(config: Pick<Config, 'dataDir' | 'databaseUrl'>): { db: Database; dialect: DialectName } {
  if (config.databaseUrl) return { db: openPostgres(config.databaseUrl).db, dialect: 'postgres' };
  prepareFolder(config.dataDir);
  return { db: openSqlite(databaseFile(config.dataDir)).db, dialect: 'sqlite' };
}

/** All stores over one database, which is migrated first and closed with them. */
export async function storageOver(db: Database, dialect: DialectName): Promise<Storage> {
  try {
    await migrate(db, dialect);
  } catch (error) {
    await closeDatabase(db);
    if (error instanceof ConfigError) throw error;
    throw new ConfigError(`the database cannot be used: ${error instanceof Error ? error.message : String(error)}`);
  }
  return {
    forums: new ForumTable(db),
    events: new EventTable(db),
    documents: new DocumentTable(db),
    people: new PeopleTable(db),
    accounts: new AccountTable(db),
    sessions: new SessionTable(db),
    access: { epochs: async () => new Map() },
    check: () => takesWrites(db),
    close: () => closeDatabase(db),
  };
}

async function takesWrites(db: Database): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await transaction.deleteFrom('readiness').execute();
    await transaction.insertInto('readiness').values({ id: 1, padding: PADDING }).execute();
  });
}

/** Makes the data folder, or says why it cannot be one. */
export function prepareFolder(dataDir: string): void {
  try {
    makeFolder(dataDir);
    if (!statSync(dataDir).isDirectory()) throw new ConfigError(`DATA_DIR ${dataDir} is not a folder`);
    accessSync(dataDir, constants.W_OK | constants.X_OK);
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || code === 'ENOTDIR') throw new ConfigError(`DATA_DIR ${dataDir} is not a folder`);
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
      throw new ConfigError(`DATA_DIR ${dataDir} cannot be written: choose a folder this user may write to`);
    }
    if (code === 'ENOSPC') throw new ConfigError(`DATA_DIR ${dataDir}: the disk is full`);
    throw new ConfigError(`DATA_DIR ${dataDir} cannot be used: ${message}`);
  }
}

/** Step by step: `recursive` of `mkdirSync` never returns where a folder exists but takes no new ones (below `/proc`). */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
