import { setTimeout as wait } from 'node:timers/promises';

/** Resolves to true as soon as the condition is met, to false when `limit` milliseconds have passed first. */
export async function waitUntil(met: () => boolean, limit: number): Promise<boolean> {
  const end = Date.now() + limit;
  while (!met()) {
    if (Date.now() > end) return false;
    await wait(50);
  }
  return true;
}
