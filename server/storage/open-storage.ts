import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigError, type Config } from '#server/config.ts';
import { AccessTable } from './access.ts';
import { AccountTable } from './accounts.ts';
import { openPostgres, openSqlite, scrub, type OpenDatabase } from './dialects.ts';
import { DocumentTable } from './documents.ts';
import { ErasureTable } from './erasure.ts';
import { EventTable } from './events.ts';
import { ForumTable } from './forums.ts';
import { migrate } from './migrations.ts';
import { PeopleTable } from './people.ts';
import { keepPrivateFolder, PRIVATE_FOLDER } from './private-files.ts';
import type { Storage } from './ports/storage.ts';
import { readiness } from './readiness.ts';
import { RehearsalTable } from './rehearsals.ts';
import { RemovalTable } from './removals.ts';
import { ScriptTable } from './scripts.ts';
import { SessionTable } from './sessions.ts';
import { WaitingTable } from './waiting.ts';
import type { MarkReport } from './sqlite/messages.ts';

export const databaseFile = (dataDir: string): string => join(dataDir, 'dastarkhan.db');
export const highWaterFile = (dataDir: string): string => join(dataDir, 'high-water.mark');

/**
 * Opens the database of the configuration, new or old, and brings it to this version. `ConfigError` says in one line what the
 * operator has to mend.
 */
export async function openStorage(
  config: Pick<Config, 'dataDir' | 'databaseUrl'>,
  { accept = false }: { readonly accept?: boolean } = {},
): Promise<Storage> {
  return storageOver(await openDatabase(config), accept);
}

/** For what looks into a database or changes what is in it: a mistyped folder is said to have none, and gets none. */
export async function openKeptStorage(config: Pick<Config, 'dataDir' | 'databaseUrl'>): Promise<Storage> {
  expectDatabase(config);
  return openStorage(config);
}

export function expectDatabase({ dataDir, databaseUrl }: Pick<Config, 'dataDir' | 'databaseUrl'>): void {
  if (databaseUrl || existsSync(databaseFile(dataDir))) return;
  if (existsSync(dataDir)) prepareFolder(dataDir); // which says so where it is no folder
  throw new ConfigError(`there is no database in ${dataDir}: DATA_DIR says where it is`);
}

export async function openDatabase(config: Pick<Config, 'dataDir' | 'databaseUrl'>): Promise<OpenDatabase> {
  if (config.databaseUrl) return openPostgres(config.databaseUrl);
  prepareFolder(config.dataDir);
  return openSqlite(databaseFile(config.dataDir), highWaterFile(config.dataDir));
}

/**
 * All stores over one database, which is migrated first and closed with them. `accept`: what it lacks of what it has held is
 * written down as lost; for the server, which holds the folder's lock.
 */
export async function storageOver(database: OpenDatabase, accept = false): Promise<Storage> {
  const { db, dialect, log } = database;
  let losses: MarkReport;
  try {
    await migrate(db, dialect);
    losses = await database.mark(accept);
  } catch (error) {
    await database.close();
    if (error instanceof ConfigError) throw error;
    throw new ConfigError(`the database cannot be used: ${error instanceof Error ? error.message : String(error)}`);
  }
  return {
    forums: new ForumTable(db),
    events: new EventTable(db),
    documents: new DocumentTable(db, log),
    access: new AccessTable(db),
    people: new PeopleTable(db),
    removals: new RemovalTable(db),
    rehearsals: new RehearsalTable(db, {
      forget: (documents) => database.forget(documents),
      scrub: () => scrub(db, dialect),
    }),
    waiting: new WaitingTable(db),
    accounts: new AccountTable(db),
    sessions: new SessionTable(db),
    scripts: new ScriptTable(db),
    losses,
    erasure: new ErasureTable(db, () => scrub(db, dialect)),
    check: readiness(db),
    close: () => database.close(),
  };
}

/** Makes the data folder, or says why it cannot be one. */
export function prepareFolder(dataDir: string): void {
  try {
    makeFolder(dataDir);
    keepPrivateFolder(dataDir);
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
    mkdirSync(folder, { mode: PRIVATE_FOLDER });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
