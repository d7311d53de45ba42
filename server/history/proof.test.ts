import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { Seeded } from '../../tests/faults/seeded.ts';
import { RichDocs } from '../../tests/fuzz/rich-docs.ts';
import { provenState, provenVersion } from './proof.ts';
import { areEqual, statesAt } from './states.ts';

const HISTORIES = Number(process.env.HISTORIES ?? 300);

function rowsOf(random: Seeded): Uint8Array[] {
  const rows: Uint8Array[] = [];
  const doc = new Y.Doc();
  doc.on('update', (update: Uint8Array) => rows.push(update));
  const rich = new RichDocs(random);
  for (let round = 0; round < 8; round += 1) {
    rich.edit(6);
    for (const author of rich.docs) Y.applyUpdate(doc, Y.encodeStateAsUpdate(author, Y.encodeStateVector(doc)));
  }
  return rows;
}

describe('checking a document', () => {
  test(`[Y25] ${HISTORIES} sound histories have no problem, from rows, from snapshots and in their versions`, () => {
    const random = new Seeded();
    for (let history = 0; history < HISTORIES; history += 1) {
      const updates = rowsOf(random);
      const rows = { snapshot: null, snapshotSeq: 0, updates, seq: updates.length };
      const middle = random.between(1, updates.length);
      const [version] = statesAt(rows, [middle]);
      const compacted = { ...rows, snapshot: version!, snapshotSeq: middle, updates: updates.slice(middle) };
      const whole = provenState(rows);
      expect(areEqual(whole, provenState(compacted)), `seed ${random.seed}`).toBe(true);
      provenVersion(rows, middle, version!, whole);
      provenVersion(compacted, middle, version!, whole);
      provenVersion(
        { ...compacted, snapshot: whole, snapshotSeq: updates.length, updates: [] },
        middle,
        version!,
        whole,
      );
    }
  });

  test('[Y25] contents that Yjs would rewrite are no problem while every way gives the same', () => {
    const updates = [
      'AQECACgBA21hcARrYnkyAX1BAA==',
      'AQECAQcBA3htbAMJcGFyYWdyYXBoAA==',
      'AQECAigAAgEEbGFqZwF3Amt5AA==',
      'AQECA4QCAiZ4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eAA=',
      'AAECAQgC',
    ].map((row) => new Uint8Array(Buffer.from(row, 'base64')));
    expect(() => statesAt({ snapshot: null, snapshotSeq: 0, updates }, [5])).toThrow('differently');
    expect(() => provenState({ snapshot: null, snapshotSeq: 0, updates, seq: updates.length })).not.toThrow();
  });

  test('[Y25] a row or a version that is cut, of another document or of another time is named', () => {
    const random = new Seeded(1);
    const [updates, others] = [rowsOf(random), rowsOf(random)];
    const rows = { snapshot: null, snapshotSeq: 0, updates, seq: updates.length };
    const whole = provenState(rows);
    expect(() => provenState({ ...rows, updates: updates.slice(1) })).toThrow();
    expect(() =>
      provenState({ ...rows, updates: [...updates.slice(0, -1), updates.at(-1)!.subarray(0, -2)] }),
    ).toThrow();
    const [version] = statesAt(rows, [3]);
    expect(() => provenVersion(rows, 4, version!, whole)).toThrow('not what the updates give');
    expect(() => provenVersion(rows, updates.length + 1, version!, whole)).toThrow('not in the log');
    const compacted = { snapshot: whole, snapshotSeq: updates.length, updates: [], seq: updates.length };
    provenVersion(compacted, 3, version!, whole);
    expect(() => provenVersion(compacted, 3, version!.subarray(0, -3), whole)).toThrow();
    const [other] = statesAt({ ...rows, updates: others }, [3]);
    expect(() => provenVersion(compacted, 3, other!, whole)).toThrow('never held');
  });
});
