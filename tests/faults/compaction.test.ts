import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { SeatId } from '#domain/ids.ts';
import type { DocumentName } from '#protocol/document-name.ts';
import { areEqual, statesAt } from '#server/history/states.ts';
import { versionsOf } from '#server/history/version.ts';
import { openStorage } from '#server/storage/open-storage.ts';
import type { DocumentAppend } from '#server/storage/ports/documents.ts';
import type { Storage } from '#server/storage/ports/storage.ts';
import { verify } from '#server/storage/verify.ts';
import { compact } from '#server/sync/compaction.ts';
import { RichDocs } from '../fuzz/rich-docs.ts';
import { run } from '../rig/server-process.ts';
import { Seeded } from './seeded.ts';

const COMPACTIONS = Number(process.env.COMPACTIONS ?? 300);
const KILLS_EACH = Number(process.env.COMPACTION_KILLS ?? 1);
const BOARD = 'board/compacted01' as DocumentName;
const MINUTE = 60_000;

let dataDir: string;
let storage: Storage;
const open = async () => (storage = await openStorage({ dataDir, databaseUrl: undefined }));
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'dastarkhan-compaction-'));
  await open();
});
afterEach(async () => {
  await storage.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** People who write for hours, and everything they wrote, which nobody compacts. */
class Aside {
  readonly rows: DocumentAppend[] = [];
  readonly #doc = new Y.Doc();
  readonly #rich: RichDocs;
  readonly #random: Seeded;
  #at = 0;

  constructor(random: Seeded) {
    this.#random = random;
    this.#rich = new RichDocs(random, 3);
    this.#doc.on('update', (update: Uint8Array) => {
      this.#at += random.between(0, 50) * 1_000;
      const seat = random.next() < 0.9 ? (`seat000${random.between(1, 3)}` as SeatId) : null;
      this.rows.push({ document: BOARD, seq: this.rows.length + 1, update, seat, at: this.#at });
    });
  }

  /** The rows that were written now. */
  write(): DocumentAppend[] {
    const before = this.rows.length;
    while (this.rows.length === before) {
      this.#rich.edit(this.#random.between(1, 8));
      for (const author of this.#rich.docs) {
        Y.applyUpdate(this.#doc, Y.encodeStateAsUpdate(author, Y.encodeStateVector(this.#doc)));
      }
    }
    if (this.#random.next() < 0.2) this.#at += 3 * MINUTE;
    return this.rows.slice(before);
  }

  /** What the whole log gives up to each of these edits. */
  states(seqs: readonly number[]): Uint8Array[] {
    return statesAt({ snapshot: null, snapshotSeq: 0, updates: this.rows.map(({ update }) => update) }, seqs);
  }
}

/** What is stored gives what the whole log gives, up to the same edit; kept versions and their list too. */
async function expectWhole(aside: Aside, seed: number): Promise<void> {
  const stored = await storage.documents.read(BOARD);
  const { kept, rows } = await storage.documents.history(BOARD);
  const states = aside.states([...kept.map(({ seq }) => seq), aside.rows.length]);
  expect(stored.seq, `seed ${seed}`).toBe(aside.rows.length);
  expect(areEqual(statesAt(stored, [stored.seq])[0]!, states.at(-1)!), `seed ${seed}`).toBe(true);
  const all = versionsOf([], aside.rows);
  const told = versionsOf(kept, rows);
  if (all.length <= 60) expect(told, `seed ${seed}`).toEqual(all);
  else expect(told.every((version) => all.some(({ seq }) => seq === version.seq))).toBe(true);
  for (const [index, { seq }] of kept.entries()) {
    expect(areEqual((await storage.documents.version(BOARD, seq))!, states[index]!), `version ${seq}`).toBe(true);
  }
}

describe('compaction', { timeout: 600_000 }, () => {
  test(`[Y15] ${COMPACTIONS} compactions at random moments, while people write, lose nothing of the log`, async () => {
    const random = new Seeded();
    const aside = new Aside(random);
    const answers = { compacted: 0, kept: 0, refused: 0 };
    await storage.documents.read(BOARD);
    let lastChecked = 0;
    for (let round = 1; round <= COMPACTIONS; round += 1) {
      await storage.documents.append(aside.write());
      const running = compact(storage.documents, BOARD).then(
        (isCompacted) => (answers[isCompacted ? 'compacted' : 'kept'] += 1),
        () => (answers.refused += 1),
      );
      for (let more = random.between(0, 3); more > 0; more -= 1) await storage.documents.append(aside.write());
      if (random.next() < 0.2) await compact(storage.documents, BOARD).catch(() => (answers.refused += 1)); // another node
      await running;
      if (round - lastChecked < 20 && round < COMPACTIONS) continue;
      lastChecked = round;
      await expectWhole(aside, random.seed);
    }
    console.log(`${aside.rows.length} rows, seed ${random.seed}: ${JSON.stringify(answers)}`);
    expect(answers.kept).toBe(0);
    expect(answers.compacted).toBeGreaterThan(COMPACTIONS / 2);
    expect((await storage.documents.history(BOARD)).kept.length).toBeLessThanOrEqual(61);
  });

  test(`[Y15] killed at each of its steps, ${KILLS_EACH} times each, the log is whole`, async () => {
    const random = new Seeded();
    const aside = new Aside(random);
    await storage.documents.read(BOARD);
    let [kills, points] = [0, 0];
    const compactAndDie = async (dieAt: number) => {
      await storage.documents.append(aside.write());
      await storage.close();
      const args = ['tests/faults/compaction-process.ts', dataDir, BOARD, String(dieAt)];
      const { code, stdout, stderr } = await run(process.execPath, args);
      await open();
      await expectWhole(aside, random.seed);
      await compact(storage.documents, BOARD); // so that each attempt begins with a few rows
      if (code === null) return 'killed';
      const [, count] = /^points (\d+)$/m.exec(stdout) ?? [];
      if (!count) throw new Error(`it ended with ${code}: ${stderr}`);
      return Number(count);
    };
    for (let each = 0; each < KILLS_EACH; each += 1) {
      for (let point = 1; ; point += 1) {
        const ended = await compactAndDie(point);
        if (ended !== 'killed') break;
        kills += 1;
        points = Math.max(points, point);
      }
    }
    expect((await storage.documents.read(BOARD)).snapshotSeq).toBeGreaterThan(0);
    console.log(`${kills} kills at ${points} points, ${aside.rows.length} rows, seed ${random.seed}`);
    expect(points).toBeGreaterThan(12);
    expect(kills).toBeGreaterThanOrEqual(12 * KILLS_EACH);
    await storage.close();
    const config = {
      port: 0,
      host: undefined,
      origin: undefined,
      dataDir,
      databaseUrl: undefined,
      redisUrl: undefined,
    };
    expect((await verify(config)).problems).toEqual([]);
    await open();
  });
});
