import { hash, verify, type Algorithm } from '@node-rs/argon2';

/** Counted in characters; no other rule, so that a sentence is as good as anything. */
export const LEAST_PASSWORD = 10;
/** OWASP's second recommendation for argon2id: 19 MiB, two passes, one lane. */
const PARAMETERS = { algorithm: 2 as Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Each takes a core for tens of milliseconds: more at once would stall the rooms. */
const AT_ONCE = 2;
const LONGEST_QUEUE = 20;

/** Thrown when more people sign in at this moment than can be checked soon. */
export class PasswordsBusy extends Error {}

let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) {
    if (waiting.length >= LONGEST_QUEUE) throw new PasswordsBusy('too many passwords to check');
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running += 1;
  }
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(password.normalize(), PARAMETERS));

/** `stored` null: nobody has that address; the answer is no, and takes as long as any other. */
export async function passwordMatches(password: string, stored: string | null): Promise<boolean> {
  const against = stored ?? (await decoy());
  const matches = await inTurn(() => verify(against, password.normalize()));
  return matches && stored !== null;
}

let decoyHash: Promise<string> | null = null;
const decoy = (): Promise<string> => (decoyHash ??= hashPassword('nobody has this password'));
