import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { AccountId, SeatId } from '#domain/ids.ts';
import { prepareFolder } from './open-storage.ts';
import type { ErasureStore } from './ports/erasure.ts';

/** Who was erased, by ids alone. */
export type ErasureNote =
  { readonly at: number; readonly seat: SeatId } | { readonly at: number; readonly account: AccountId };

const id = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,64}$/));
const noteSchema = v.union([
  v.object({ at: v.number(), seat: v.custom<SeatId>((value) => v.is(id, value)) }),
  v.object({ at: v.number(), account: v.custom<AccountId>((value) => v.is(id, value)) }),
]);

/**
 * A file beside the database: a backup from before an erasure brings the person back, and what was asked to be forgotten is forgotten again.
 */
export const erasureJournal = (dataDir: string): string => join(dataDir, 'erased.jsonl');

export function noteErasure(dataDir: string, note: ErasureNote): void {
  prepareFolder(dataDir);
  const file = openSync(erasureJournal(dataDir), 'a', 0o600);
  try {
    writeSync(file, `${JSON.stringify(note)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Lines that a crash cut off, or that somebody else wrote, are passed over. */
function readErasures(dataDir: string): ErasureNote[] {
  const path = erasureJournal(dataDir);
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        const parsed = v.safeParse(noteSchema, JSON.parse(line));
        return parsed.success ? [parsed.output] : [];
      } catch {
        return [];
      }
    });
}

/** Erases again whoever is back. Returns how many those were. */
export async function eraseAgain(erasure: ErasureStore, dataDir: string): Promise<number> {
  let erased = 0;
  for (const note of readErasures(dataDir)) {
    if (!(await erasure.isKnown(note))) continue;
    if ('seat' in note) await erasure.person(note.seat, note.at, true);
    else await erasure.account(note.account, note.at, true);
    erased += 1;
  }
  return erased;
}
