import Sqlite from 'better-sqlite3';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigError } from '#server/config.ts';
import { prepareFolder } from './open-storage.ts';
import { keepPrivate } from './private-files.ts';

const PATIENCE = 2_000; // ms in which a server that was ended, or has lost its supervisor, stores what it had taken and goes

/** The right to be the one server of what is stored. */
export interface ServerLock {
  readonly isHeld: boolean;
  release(): void | Promise<void>;
}

class InUse extends ConfigError {}

/**
 * One server for one data folder: rooms live in its memory, so a second one would number the same updates again. The lock is
 * the write lock of a tiny database of its own, which the system lets go when the process dies, however it dies; a file with
 * a process id would be wrong as soon as another process has that number, as in a container that starts again.
 */
export function lockDataDir(dataDir: string): ServerLock {
  prepareFolder(dataDir);
  const file = join(dataDir, 'server.lock');
  keepPrivate(file);
  let lock: Sqlite.Database | undefined;
  try {
    lock = new Sqlite(file, { timeout: 0 });
    lock.exec('begin immediate');
    lock.exec('create table if not exists holder (process integer not null); delete from holder');
    lock.prepare('insert into holder values (?)').run(process.pid);
    // Committed, so that others can read who it is, and taken again at once. Whoever comes in between has it instead.
    lock.exec('commit');
    lock.exec('begin immediate');
  } catch (error) {
    const problem = refusal(error as Error & { code?: string }, lock, file, dataDir);
    lock?.close();
    throw problem;
  }
  const held = lock;
  return { isHeld: true, release: () => void held.close() };
}

/** The lock of a folder that a server may just be leaving. */
export async function lockWhenFree(dataDir: string): Promise<ServerLock> {
  const until = performance.now() + PATIENCE;
  for (;;) {
    try {
      return lockDataDir(dataDir);
    } catch (error) {
      if (!(error instanceof InUse) || performance.now() > until) throw error;
      await sleep(50);
    }
  }
}

function refusal(
  error: Error & { code?: string },
  lock: Sqlite.Database | undefined,
  file: string,
  dataDir: string,
): ConfigError {
  if (error.code?.startsWith('SQLITE_BUSY')) {
    return new InUse(`${dataDir} is in use by a server${holderOf(lock)}: stop it first, or choose another DATA_DIR`);
  }
  if (error.code === 'SQLITE_NOTADB') return new ConfigError(`${file} is not a lock: remove it`);
  return new ConfigError(`${file} cannot be written: ${error.message}`);
}

function holderOf(lock: Sqlite.Database | undefined): string {
  try {
    return ` (process ${String(lock?.prepare('select process from holder').pluck().get())})`;
  } catch {
    // It is just being taken; who takes it does not matter.
    return '';
  }
}
