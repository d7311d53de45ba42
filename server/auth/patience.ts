import { setTimeout as sleep } from 'node:timers/promises';
import type { Result } from '#domain/refusal.ts';

/** A wait that the server does for somebody rather than sending them away with it. */
const LONGEST = 4; // seconds
/** Who waits holds a request open; beyond so many everybody is told to wait outside. */
const MOST = 50;

let patient = 0;

/** Tries again by itself, once, when the first answer is a short wait: ten mistyped passwords then cost some seconds, and no words. */
export async function patiently<T>(attempt: () => Promise<Result<T>>): Promise<Result<T>> {
  const first = await attempt();
  if (first.ok || first.refusal.kind !== 'tooManyTries' || first.refusal.seconds > LONGEST || patient >= MOST)
    return first;
  patient += 1;
  try {
    await sleep(first.refusal.seconds * 1_000);
  } finally {
    patient -= 1;
  }
  return attempt();
}
