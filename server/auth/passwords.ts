import { hash, verify, type Algorithm } from '@node-rs/argon2';
import { LIMITS } from '#domain/limits.ts';
import { accepted, refused, type Refusal, type Result } from '#domain/refusal.ts';

/** Counted in characters; no other rule, so that a sentence is as good as anything. */
const LEAST_PASSWORD = 10;
/** OWASP's second recommendation for argon2id: 19 MiB, two passes, one lane. */
const PARAMETERS = { algorithm: 2 as Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Each takes a core for tens of milliseconds: more at once would stall the rooms. */
const AT_ONCE = 2;
const LONGEST_QUEUE = LIMITS.passwordsWaiting.most;

const LONGEST_PASSWORD = 1_000;
const BUSY_SECONDS = 2;

/** Thrown when more people sign in at this moment than can be checked soon. */
class PasswordsBusy extends Error {}

/**
 * Who is let forward while others guess: `known` signed in from this device before, or is signed in now; `fresh` comes from where nobody
 * failed lately; `other` is the rest. In a full queue the better one takes the place of the last of the worst.
 */
export type Rank = 'known' | 'fresh' | 'other';
const ORDER: readonly Rank[] = ['known', 'fresh', 'other'];

interface Waiting {
  readonly start: () => void;
  readonly turnAway: () => void;
}

let running = 0;
let checked = 0;
const queues: Record<Rank, Waiting[]> = { known: [], fresh: [], other: [] };

/** How many passwords were hashed or compared since the process began. */
export const passwordsChecked = (): number => checked;

async function inTurn<T>(rank: Rank, work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) await queued(rank);
  else running += 1;
  checked += 1;
  try {
    return await work();
  } finally {
    const next = ORDER.map((one) => queues[one])
      .find(({ length }) => length > 0)
      ?.shift();
    if (next) next.start();
    else running -= 1;
  }
}

function queued(rank: Rank): Promise<void> {
  const total = ORDER.reduce((sum, one) => sum + queues[one].length, 0);
  if (total >= LONGEST_QUEUE) {
    const worst = ORDER.findLast((one) => queues[one].length > 0);
    if (!worst || ORDER.indexOf(worst) <= ORDER.indexOf(rank)) throw new PasswordsBusy('too many passwords to check');
    queues[worst].pop()?.turnAway();
  }
  return new Promise((start, reject) => {
    queues[rank].push({ start, turnAway: () => reject(new PasswordsBusy('others came first')) });
  });
}

/** Why it cannot be a password; null when it can. */
export function refusedPassword(password: string): Refusal | null {
  if ([...password.slice(0, 2 * LEAST_PASSWORD)].length < LEAST_PASSWORD) {
    return { kind: 'passwordTooShort', least: LEAST_PASSWORD };
  }
  return password.length > LONGEST_PASSWORD ? { kind: 'tooLarge', most: LONGEST_PASSWORD } : null;
}

/** `work` hashes or compares passwords: refused when too many others do so at this moment. */
export async function whenFree<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return accepted(await work());
  } catch (error) {
    if (error instanceof PasswordsBusy) return refused({ kind: 'tooManyTries', seconds: BUSY_SECONDS });
    throw error;
  }
}

export const hashPassword = (password: string, rank: Rank = 'known'): Promise<string> =>
  inTurn(rank, () => hash(password.normalize(), PARAMETERS));

/** `stored` null: nobody has that address; the answer is no, and takes as long as any other. */
export async function passwordMatches(password: string, stored: string | null, rank: Rank = 'fresh'): Promise<boolean> {
  const against = stored ?? (await decoy());
  const matches = await inTurn(rank, () => verify(against, password.slice(0, LONGEST_PASSWORD).normalize()));
  return matches && stored !== null;
}

let decoyHash: Promise<string> | null = null;
/** Made outside the queue: a full one must not leave a decoy that never comes to be. */
const decoy = (): Promise<string> => (decoyHash ??= hash('nobody has this password', PARAMETERS));
