import { StorageError } from './ports/storage-error.ts';
import type { Database } from './schema.ts';

/** Long enough to need pages of its own, so that a full disk shows. */
const PADDING = 'x'.repeat(8_192);
const LONGEST_MS = 2_000; // what asks for readiness gives up soon after

/** Whether the database takes writes. Who asks while a look is under way shares it: a stalled disk piles up nothing. */
export function readiness(db: Database): () => Promise<void> {
  let looking: Promise<void> | null = null;
  return () => {
    looking ??= takesWrites(db).finally(() => (looking = null));
    return inTime(looking);
  };
}

async function takesWrites(db: Database): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await transaction.deleteFrom('readiness').execute();
    await transaction.insertInto('readiness').values({ id: 1, padding: PADDING }).execute();
  });
}

async function inTime(work: Promise<void>): Promise<void> {
  let late: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    late = setTimeout(() => reject(new StorageError(`the database has not answered for ${LONGEST_MS} ms`)), LONGEST_MS);
  });
  try {
    await Promise.race([work, silence]);
  } finally {
    clearTimeout(late);
  }
}
