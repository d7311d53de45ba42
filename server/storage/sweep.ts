import { LIMITS } from '#domain/limits.ts';
import { report } from '#server/process/report.ts';
import type { Storage } from './ports/storage.ts';

const EVERY = 3_600_000; // ms
const FIRST = 60_000; // ms: a hall that comes back after a restart comes first
const COMMAND_DAYS = 7; // a browser that sends a command again does so within minutes; a laptop's lid may be closed for days
const DAY = 86_400_000; // ms

export type Swept = Pick<Storage, 'events' | 'people' | 'accounts' | 'sessions' | 'scripts'>;

/** Drops what is over and of no more use: ended sessions, links, tokens, and what was answered to commands long ago. */
export async function sweep({ events, people, accounts, sessions, scripts }: Swept, now: number): Promise<void> {
  await sessions.removeExpired(now);
  await accounts.prune(now);
  await people.prune(now);
  await events.prune(now - COMMAND_DAYS * DAY);
  await scripts.prune(now - LIMITS.daysOfRemovedScript.most * DAY);
}

/** Sweeps once the server has been up for a while, and every hour. One that fails is followed by the next. `stop` resolves when nothing of it is under way. */
export function keepSwept(storage: Swept, clock: () => number, first = FIRST): { stop(): Promise<void> } {
  let last: Promise<void> = Promise.resolve();
  let timer = setTimeout(again, first).unref();
  function again(): void {
    timer = setTimeout(again, EVERY).unref();
    last = sweep(storage, clock()).catch((error: unknown) => report('old rows were not dropped', error));
  }
  return {
    async stop() {
      clearTimeout(timer);
      await last;
    },
  };
}
