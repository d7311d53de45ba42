import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { backUp } from '#server/storage/backup.ts';
import { databaseFile, openStorage } from '#server/storage/open-storage.ts';
import type { DocumentStore } from '#server/storage/ports/documents.ts';
import { verify } from '#server/storage/verify.ts';
import { replay } from '#server/sync/replay.ts';
import { BOARD, SyncRig, until } from '../integration/sync-rig.ts';

const BACKUPS = 10;
const PEOPLE = 5;
const BETWEEN = 20; // acknowledged edits, at least, between two backups
const MOST = 500; // typed at most meanwhile, and as many beside each check: where it takes long, the next would have ever more to read

const stateOf = (rows: readonly Uint8Array[]): Uint8Array =>
  Y.encodeStateAsUpdate(replay(BOARD, { snapshot: null, updates: rows }));

/** The log as it was written, kept aside: compaction takes rows away on the disk. */
function logOf(documents: DocumentStore): Uint8Array[] {
  const log: Uint8Array[] = [];
  const append = documents.append.bind(documents);
  documents.append = async (rows, also) => {
    await append(rows, also);
    for (const { document, seq, update } of rows) if (document === BOARD) log[seq - 1] = update;
  };
  return log;
}

test(`[Y1] ${BACKUPS} backups while ${PEOPLE} people type each hold a whole beginning of the log`, async () => {
  const rig = await SyncRig.start({ compactAbove: 50 });
  const log = logOf(rig.documents);
  const folder = mkdtempSync(join(tmpdir(), 'dastarkhan-backup-'));
  const people = Array.from({ length: PEOPLE }, (_, index) => rig.client(`seat000${index}`));
  let typed = 0;
  let before = 0;
  const keyboard = setInterval(() => {
    if (typed - before > MOST) return;
    for (const { doc } of people) doc.getArray<string>('items').push([`marker ${(typed += 1)}`]);
  }, 25);
  const lasts: number[] = [];
  try {
    for (let count = 0; count < BACKUPS; count += 1) {
      before = typed;
      const atStart = log.length;
      await until(() => log.length >= atStart + BETWEEN, 'people have typed');
      const least = log.length;
      const file = join(folder, `${count}.backup`);
      await backUp({ ...CONFIG, dataDir: rig.dataDir }, file);
      before = typed;
      lasts.push(await checked(file, least));
    }
  } finally {
    clearInterval(keyboard);
  }
  await until(() => people.every(({ isSaved }) => isSaved), 'everything is saved');
  await rig.close();
  rmSync(folder, { recursive: true, force: true });
  console.log(`backup: ${BACKUPS} while ${typed} edits were typed, up to rows ${lasts.join(', ')} of ${log.length}`);
  expect(lasts.every((last, index) => index === 0 || last > lasts[index - 1]!)).toBe(true);
  expect(log.length).toBeGreaterThan(lasts.at(-1)!);

  /** What was acknowledged before the backup began is in it, and of what came later a beginning. */
  async function checked(file: string, least: number): Promise<number> {
    const dataDir = `${file}.data`;
    mkdirSync(dataDir);
    renameSync(file, databaseFile(dataDir));
    expect(await verify({ ...CONFIG, dataDir })).toMatchObject({ documents: 1, problems: [] });
    const storage = await openStorage({ dataDir, databaseUrl: undefined });
    const stored = await storage.documents.read(BOARD);
    await storage.close();
    expect(stored.seq).toBeGreaterThanOrEqual(least);
    await until(() => log.length >= stored.seq, 'its last row was reported as stored');
    const state = Y.encodeStateAsUpdate(replay(BOARD, stored));
    expect(Buffer.from(state).equals(stateOf(log.slice(0, stored.seq)))).toBe(true);
    return stored.seq;
  }
});

const CONFIG = {
  port: 0,
  host: undefined,
  origin: undefined,
  databaseUrl: undefined,
  redisUrl: undefined,
};
