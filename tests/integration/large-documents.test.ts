import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { encodeStep1, SYNC_STEP_2 } from '#protocol/sync.ts';
import { databaseFile } from '#server/storage/open-storage.ts';
import { DocumentLog } from '#server/sync/document-log.ts';
import { Target } from '../fuzz/target.ts';
import { slowness } from '../rig/pace.ts';
import { LARGE_DOCUMENTS } from './large-documents.ts';
import { BOARD, until } from './sync-rig.ts';
import { Visitor } from './visitor.ts';

const MEGABYTES = Number(process.env.LARGE_LOG_MB ?? 32);
const LONGEST = 100; // ms of the processor
const TRIES = 3; // garbage may be collected in between
const PATIENCE = 900_000; // ms: for what never comes
const COMPACTED = new Set(['some large values', 'very many small values']);

/** Milliseconds of the processor that one turn of a server's loop took at most while somebody meets the document. */
async function heldBy(
  shape: string,
  rows: readonly Uint8Array[],
  half: Uint8Array,
  clocks: ReadonlyMap<number, number>,
) {
  const target = await Target.start({
    fill: async ({ documents }) => {
      const at = Date.now();
      await documents.append(
        rows.map((update, index) => ({ document: BOARD, seq: index + 1, update, seat: null, at })),
      );
    },
  });
  try {
    await target.figures(); // of its start
    const held: Record<string, number> = {};
    const look = async (what: string) => (held[what] = Math.round((await target.figures()).held));
    const visitor = await entered(target);
    await look('load');
    for (const [what, known] of Object.entries({ first: Uint8Array.of(0), partial: half })) {
      visitor.frames.length = 0;
      visitor.send(encodeStep1(known));
      await until(() => visitor.sync(SYNC_STEP_2).length > 0, `the ${what} answer has come`, PATIENCE);
      await look(what);
      const told = new DocumentLog(what === 'first' ? visitor.updates : []).clocks;
      if (what === 'first') expect([...told].sort()).toEqual([...clocks].sort());
    }
    if (COMPACTED.has(shape)) {
      await until(() => isCompacted(target.dataDir), 'its rows are one', PATIENCE);
      await visitor.handled();
      await look('compaction');
    }
    visitor.leave();
    return held;
  } finally {
    await target.stop();
    target.remove();
  }
}

/** Who is told to come later, since reading it takes long, comes again as pages do. */
async function entered(target: Target): Promise<Visitor> {
  for (let times = 0; ; times += 1) {
    const visitor = new Visitor(`${target.url}/${BOARD}?seat=newcomer1`);
    if (await visitor.entered()) return visitor;
    expect([visitor.status, times < 20], `${visitor.status} ${visitor.closedWith}`).toEqual([503, true]);
  }
}

function isCompacted(dataDir: string): boolean {
  const database = new Sqlite(databaseFile(dataDir), { readonly: true });
  try {
    return (database.prepare('select max(snapshot_seq) from document').pluck().get() as number) > 0;
  } finally {
    database.close();
  }
}

test.each(Object.entries(LARGE_DOCUMENTS))(
  '[Y67] %s: others wait at most 100 ms while it is read, sent and compacted',
  { timeout: 900_000 },
  async (shape, make) => {
    const rows = make(MEGABYTES);
    const { clocks } = new DocumentLog(rows);
    const half = Y.encodeStateVector(new Map([...clocks].map(([client, clock]) => [client, clock >> 1])));
    let longest = Infinity;
    let held: Record<string, number> = {};
    for (let tried = 0; tried < TRIES && longest > LONGEST; tried += 1) {
      const slow = slowness();
      held = await heldBy(shape, rows, half, clocks);
      longest = Math.max(...Object.values(held)) / Math.max(slow, slowness());
      console.log(shape, JSON.stringify(held), `as ${longest.toFixed(0)} ms`);
    }
    expect(longest, JSON.stringify(held)).toBeLessThanOrEqual(LONGEST);
  },
);
