import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SeatId } from '#domain/ids.ts';
import type { DocumentName } from '#protocol/document-name.ts';
import { lockDataDir } from '#server/storage/lock.ts';
import { openDatabase, storageOver } from '#server/storage/open-storage.ts';
import type { Storage } from '#server/storage/ports/storage.ts';
import { verify } from '#server/storage/verify.ts';
import { readConfig } from '#server/config.ts';
import { Seeded } from './seeded.ts';

/** How many damaged copies; 500 in CI. */
const DAMAGES = Number(process.env.DAMAGES ?? 40);
const COMMITS = 180; // below a checkpoint: all of them are in the log
const SECTOR = 512;
const FILES = ['dastarkhan.db', 'dastarkhan.db-wal', 'high-water.mark'];
const BOARDS = ['board/room0000a', 'board/room0000b', 'board/room0000c'] as DocumentName[];

let folder: string;
let held: { rows: number; others: number };
const at = (dataDir: string) => ({ dataDir, databaseUrl: undefined });

/** A database as a killed server leaves it: everything in its log, nothing folded in but the tables. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dastarkhan-damaged-'));
  const whole = join(folder, 'whole');
  const storage = await storageOver(await openDatabase(at(whole)), true);
  for (const board of BOARDS.slice(1)) await storage.documents.read(board); // as an import leaves it: one is only written
  const seqs = BOARDS.map(() => 0);
  for (let commit = 0; commit < COMMITS; commit += 1) {
    const board = commit % BOARDS.length;
    if (commit % 10 === 9) await storage.sessions.removeExpired(commit);
    else {
      const row = {
        document: BOARDS[board]!,
        seq: (seqs[board]! += 1),
        update: new Uint8Array(200),
        seat: null,
        at: 1,
      };
      await storage.documents.append([row], {
        leases: [{ document: BOARDS[board]!, client: commit, seat: 's' as SeatId }],
      });
    }
  }
  held = await contents(storage, whole);
  for (const file of FILES) copyFileSync(join(whole, file), join(folder, file));
  await storage.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function contents(storage: Storage, dataDir: string): Promise<{ rows: number; others: number }> {
  const database = await openDatabase(at(dataDir));
  try {
    const { documents, others } = await database.held();
    return { rows: [...documents.values()].reduce((sum, seq) => sum + seq, 0), others };
  } finally {
    await database.close();
  }
}

function damaged(name: string, damage: (log: Buffer) => Buffer): string {
  const copy = join(folder, name);
  mkdirSync(copy);
  for (const file of FILES) copyFileSync(join(folder, file), join(copy, file));
  const log = join(copy, 'dastarkhan.db-wal');
  writeFileSync(log, damage(readFileSync(log)));
  return copy;
}

function someDamage(random: () => number): (log: Buffer) => Buffer {
  const place = (log: Buffer) => Math.floor(random() * log.length);
  switch (Math.floor(random() * 3)) {
    case 0:
      return (log) => log.subarray(0, place(log));
    case 1:
      return (log) => {
        log[place(log)]! ^= 1 << Math.floor(random() * 8);
        return log;
      };
    default:
      return (log) => {
        const from = Math.floor(place(log) / SECTOR) * SECTOR;
        return log.fill(0, from, Math.min(from + SECTOR, log.length));
      };
  }
}

test(`[D1] ${DAMAGES} damaged logs: every shortened history is named at start, and a whole one is not`, async () => {
  const chance = new Seeded();
  const { seed } = chance;
  const found = { shortened: 0, whole: 0, refused: 0 };
  for (let trial = 0; trial < DAMAGES; trial += 1) {
    const copy = damaged(
      `trial-${trial}`,
      someDamage(() => chance.next()),
    );
    const database = await openDatabase(at(copy));
    let storage: Storage;
    try {
      storage = await storageOver(database, true);
    } catch {
      found.refused += 1; // It says so instead of opening.
      continue;
    }
    const now = await database.held();
    const rows = [...now.documents.values()].reduce((sum, seq) => sum + seq, 0);
    const { loss } = storage.losses;
    const missing = {
      rows: (loss?.documents ?? []).reduce((sum, { has, had }) => sum + had - has, 0),
      others: loss?.others ?? 0,
    };
    const isOther = loss?.isOther ?? false;
    expect({ seed, trial, ...missing }).toEqual({
      seed,
      trial,
      rows: held.rows - (isOther ? 0 : rows),
      others: held.others - (isOther ? 0 : now.others),
    });
    found[loss ? 'shortened' : 'whole'] += 1;
    await storage.close();
    rmSync(copy, { recursive: true });
  }
  console.log(JSON.stringify({ seed, ...found }));
  expect(found.shortened).toBeGreaterThan(DAMAGES / 2);
});

test('[D2] verify names what is missing until a server has started, and remembers it afterwards', async () => {
  const copy = damaged('verified', (log) => log.subarray(0, Math.floor(log.length * 0.7)));
  const config = readConfig({ DATA_DIR: copy });
  const before = await verify(config);
  expect(before.problems.join('\n')).toMatch(
    /lost the end of its history[\s\S]*board\/room0000a: \d+ edits are missing/,
  );
  expect((await verify(config)).problems).toEqual(before.problems);
  await (await storageOver(await openDatabase(config), true)).close();
  const after = await verify(config);
  expect(after.problems).toEqual([]);
  expect(after.lost).toEqual(before.problems);
});

test('[D3] a log that is gone, or stands beside another database, is named', async () => {
  const gone = damaged('gone', (log) => log);
  rmSync(join(gone, 'dastarkhan.db-wal'));
  const storage = await storageOver(await openDatabase(at(gone)), true);
  expect(storage.losses.loss).not.toBeNull();
  await storage.close();
  const other = damaged('other', (log) => log);
  for (const file of FILES.slice(0, 2)) rmSync(join(other, file));
  const fresh = await storageOver(await openDatabase(at(other)), true);
  expect(fresh.losses.loss).toMatchObject({ isOther: true });
  await fresh.close();
});

test.skipIf(process.platform === 'win32')('[D4] the folder and its files are the owner’s alone', async () => {
  const made = join(folder, 'made');
  const storage = await storageOver(await openDatabase(at(made)), true);
  await storage.sessions.removeExpired(1);
  const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
  expect(mode(made)).toBe('700');
  for (const file of [...FILES, 'dastarkhan.db-shm']) {
    if (existsSync(join(made, file))) expect([file, mode(join(made, file))]).toEqual([file, '600']);
  }
  const lock = lockDataDir(made);
  expect(mode(join(made, 'server.lock'))).toBe('600');
  await lock.release();
  await storage.close();
});
