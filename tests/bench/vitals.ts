import { readdirSync, readFileSync } from 'node:fs';

/**
 * Microseconds of processor time that a process took so far, in all its threads that are there. Linux only. From the scheduler's own
 * count: the ticks of /proc/<pid>/stat are 10 ms, which is all that a short measurement takes.
 */
export function cpuOf(pid: number): number {
  let nanoseconds = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    try {
      nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'latin1').split(' ', 1)[0]);
    } catch {
      // it has ended meanwhile
    }
  }
  return nanoseconds / 1_000;
}

/** The same of its first thread alone, in which a Node program's event loop runs. */
export function eventLoopOf(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'latin1').split(' ', 1)[0]) / 1_000;
}

/** Kilobytes in memory. */
export function rssOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0);
}

/** The most that it was while this ran. */
export class PeakMemory {
  #peak = 0;
  readonly #timer: NodeJS.Timeout;

  constructor(pid: number) {
    this.#peak = rssOf(pid);
    this.#timer = setInterval(() => this.#look(pid), 250);
  }

  end(): number {
    clearInterval(this.#timer);
    return this.#peak;
  }

  /** A server that has ended, or was ended by a scenario that failed, has had its peak. */
  #look(pid: number): void {
    try {
      this.#peak = Math.max(this.#peak, rssOf(pid));
    } catch {
      clearInterval(this.#timer);
    }
  }
}
