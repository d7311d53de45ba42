import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { Chance } from '#domain/chance.ts';
import { scanStored } from '#protocol/update/scan.ts';
import { StandingRecords } from './standing-records.ts';

const ROOTS = ['items', 'themes'] as const;
const SEEDS = Number(process.env.STANDING_SEEDS ?? 40);

const standing = (doc: Y.Doc) =>
  ROOTS.map((root) => [...doc.getMap(root).values()].filter((value) => value instanceof Y.Map).length);
const counted = (records: StandingRecords) => ROOTS.map((root) => records.count(root));

/** What people do to records at once, some of it by no program of ours. */
function deed(doc: Y.Doc, chance: Chance): void {
  const root = doc.getMap<unknown>(ROOTS[chance.below(2)]!);
  const key = `key${chance.below(6)}`;
  const record = root.get(key);
  const text = record instanceof Y.Map ? (record.get('title') as Y.Text) : null;
  const deeds = [
    () => root.set(key, new Y.Map([['title', new Y.Text('Water')]])),
    () => root.set(key, new Y.Map([['title', new Y.Text('Air')]])),
    () => root.delete(key),
    () => text?.insert(chance.below(text.length + 1), 'abc'),
    () => text && text.length > 2 && text.delete(1, 2),
    () => doc.getMap('elsewhere').set(key, new Y.Map()),
    () => root.set(key, chance.below(3)),
  ];
  deeds[chance.below(chance.below(8) === 0 ? deeds.length : deeds.length - 1)]!();
}

/** The log of a server to which three people send, now and then, what they did. */
function log(chance: Chance): { rows: Uint8Array[]; states: Y.Doc[] } {
  const [server, people] = [new Y.Doc(), [new Y.Doc(), new Y.Doc(), new Y.Doc()]];
  const [rows, states]: [Uint8Array[], Y.Doc[]] = [[], []];
  for (let round = 0; round < 40; round += 1) {
    const doc = people[chance.below(3)]!;
    for (let left = chance.below(4); left >= 0; left -= 1) deed(doc, chance);
    if (chance.below(3) > 0) continue;
    const row = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(server));
    Y.applyUpdate(server, row);
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(server));
    rows.push(row);
    const state = new Y.Doc();
    Y.applyUpdate(state, Y.encodeStateAsUpdate(server));
    states.push(state);
  }
  return { rows, states };
}

describe('[W142] records that stand, by the log', () => {
  test.each(Array.from({ length: SEEDS }, (_, seed) => seed + 1))(
    'are those of the document (history %i)',
    async (seed) => {
      const { rows, states } = log(new Chance(seed));
      for (const [at, state] of states.entries()) {
        const now = standing(state);
        const behind = rows.slice(at + 1);
        // the rows, the snapshot that a compaction makes of them, and what comes behind either
        for (const before of [rows.slice(0, at + 1), [Y.encodeStateAsUpdate(state)]]) {
          const records = await StandingRecords.read(ROOTS, before);
          expect(counted(records)).toEqual(now);
          for (const [index, row] of behind.entries()) {
            records.append(scanStored(row));
            expect(counted(records)).toEqual(standing(states[at + 1 + index]!));
          }
        }
      }
    },
  );

  test('there are none in a log that is empty, and what is no log is refused', async () => {
    expect(counted(await StandingRecords.read(ROOTS, []))).toEqual([0, 0]);
    await expect(StandingRecords.read(ROOTS, [new Uint8Array([1, 2, 3])])).rejects.toThrow('malformed');
  });
});
