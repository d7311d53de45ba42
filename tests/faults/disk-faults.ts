import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { canTrace } from './system-calls.ts';

const isRoot = process.getuid?.() === 0;
const SCOPE = '/proc/sys/kernel/yama/ptrace_scope';
const mayAttach = canTrace && (isRoot || !existsSync(SCOPE) || readFileSync(SCOPE, 'utf8').trim() === '0');
if (!mayAttach) console.warn('strace CANNOT ATTACH here: faults of the disk are NOT TESTED (run as root)');

const FLUSHES = 'fsync,fdatasync';
const WRITES = 'pwrite64,pwritev,write';

/** Something that the disk does to a running server, until it is released. */
export interface DiskFault {
  readonly name: string;
  readonly isPossible: boolean;
  /** Data folder on a disk that can have the fault. */
  folder(): string;
  begin(pid: number, folder: string): Promise<() => Promise<void>>;
  remove(folder: string): void;
}

const anyFolder = {
  isPossible: mayAttach,
  folder: () => mkdtempSync(join(tmpdir(), 'dastarkhan-disk-')),
  remove: (folder: string) => rmSync(folder, { recursive: true, force: true }),
};

/** Every flush, or every write to the database's log, fails or waits. */
const injected = (name: string, calls: string, what: string): DiskFault => ({
  ...anyFolder,
  name,
  begin: (pid, folder) => inject(pid, calls, what, calls === WRITES ? join(folder, 'dastarkhan.db-wal') : null),
});

export const READ_ONLY = injected('turned read-only', WRITES, 'error=EROFS');
export const FAILING = injected('failing to flush', FLUSHES, 'error=EIO');
export const STALLED = injected('stalled', FLUSHES, 'delay_enter=600000000'); // µs: until it is released

/** A disk of 16 MB of which the last free byte is taken. */
export const FULL: DiskFault = canMount()
  ? {
      name: 'full',
      isPossible: true,
      folder() {
        const folder = anyFolder.folder();
        spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', folder]);
        return folder;
      },
      begin(_pid, folder) {
        const filler = join(folder, 'filler');
        fill(filler);
        return Promise.resolve(() => Promise.resolve(rmSync(filler)));
      },
      remove(folder) {
        spawnSync('umount', [folder]);
        anyFolder.remove(folder);
      },
    }
  : injected('full', WRITES, 'error=ENOSPC');

function canMount(): boolean {
  if (!isRoot) return false;
  const folder = mkdtempSync(join(tmpdir(), 'dastarkhan-mount-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]).status === 0;
  if (mounted) spawnSync('umount', [folder]);
  rmSync(folder, { recursive: true, force: true });
  return mounted;
}

async function inject(pid: number, calls: string, what: string, path: string | null): Promise<() => Promise<void>> {
  const where = path === null ? [] : ['-P', path];
  const inject = ['-e', 'signal=none', '-e', `trace=${calls}`, '-e', `inject=${calls}:${what}`];
  const strace = spawn('strace', ['-f', ...where, ...inject, '-p', String(pid)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => strace.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    strace.once('exit', (code) => reject(new Error(`strace ended with ${code}`)));
    createInterface({ input: strace.stderr }).on('line', (line) => {
      if (/attached/.test(line)) resolve();
    });
  });
  return async () => {
    strace.kill('SIGINT'); // lets go of what it holds
    await ended;
  };
}

/** Takes every block that is left, while the server takes some too. */
function fill(file: string): void {
  const block = Buffer.alloc(4_096);
  for (;;) {
    try {
      appendFileSync(file, block);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return;
      throw error;
    }
  }
}
