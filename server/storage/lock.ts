import { closeSync, fsyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '#server/config.ts';
import { prepareFolder } from './open-storage.ts';

/**
 * One server for one data folder: rooms live in its memory, so a second one would number the same updates again. The
 * lock is a file with the process id; one that a dead process left behind is taken over.
 */
export function lockDataDir(dataDir: string): { release(): void } {
  prepareFolder(dataDir);
  const file = join(dataDir, 'server.lock');
  for (let attempt = 0; attempt < 3; attempt += 1) {
    if (claim(file)) return { release: () => rmSync(file, { force: true }) };
    const holder = holderOf(file);
    if (holder !== null && isAlive(holder)) {
      throw new ConfigError(
        `a server (process ${holder}) is running on ${dataDir}: stop it first, or choose another DATA_DIR`,
      );
    }
    rmSync(file, { force: true });
  }
  throw new ConfigError(`${file} is being taken by another process`);
}

/** Writes the lock unless the file is there already. */
function claim(file: string): boolean {
  let handle: number;
  try {
    handle = openSync(file, 'wx');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    throw new ConfigError(`${file} cannot be written: ${message}`);
  }
  try {
    writeSync(handle, `${process.pid}\n`);
    fsyncSync(handle);
  } catch (error) {
    rmSync(file, { force: true });
    throw new ConfigError(`${file} cannot be written: ${(error as Error).message}`);
  } finally {
    closeSync(handle);
  }
  return true;
}

function holderOf(file: string): number | null {
  try {
    const holder = Number(readFileSync(file, 'utf8').trim());
    return Number.isInteger(holder) && holder > 0 ? holder : null;
  } catch {
    return null;
  }
}

/** A process of another user counts as alive: asking about it is refused with EPERM. Our own id is one from an earlier boot. */
function isAlive(holder: number): boolean {
  if (holder === process.pid) return false;
  try {
    process.kill(holder, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
