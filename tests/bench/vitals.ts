import { readFileSync } from 'node:fs';

const TICKS = 100; // USER_HZ, the same on every Linux that Node runs on

/** Microseconds of processor time that a process took so far, in all its threads. Linux only. */
export function cpuOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1_000_000) / TICKS;
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
