import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { Seeded } from '../../tests/faults/seeded.ts';
import { RichDocs } from '../../tests/fuzz/rich-docs.ts';
import { areEqual, statesAt } from './states.ts';

const HISTORIES = Number(process.env.HISTORIES ?? 300);

describe('replaying rows', () => {
  test(`[Y15] the snapshots of ${HISTORIES} histories hold everything, at the end and on the way, from rows and from snapshots`, () => {
    const random = new Seeded();
    let states = 0;
    for (let history = 0; history < HISTORIES; history += 1) {
      const doc = new Y.Doc();
      const updates: Uint8Array[] = [];
      doc.on('update', (update: Uint8Array) => updates.push(update));
      const rich = new RichDocs(random);
      for (let round = 0; round < 12; round += 1) {
        rich.edit(6);
        for (const author of rich.docs) Y.applyUpdate(doc, Y.encodeStateAsUpdate(author, Y.encodeStateVector(doc)));
      }
      const rows = { snapshot: null, snapshotSeq: 0, updates };
      const middle = random.between(1, updates.length);
      const [half, whole] = statesAt(rows, [middle, updates.length]);
      expect(areEqual(whole!, statesAt(rows, [updates.length])[0]!)).toBe(true);
      const tail = { snapshot: half!, snapshotSeq: middle, updates: updates.slice(middle) };
      const again = new Y.Doc();
      Y.applyUpdate(again, statesAt(tail, [updates.length])[0]!);
      expect(Y.equalSnapshots(Y.snapshot(again), Y.snapshot(doc)), `seed ${random.seed}`).toBe(true);
      expect(again.getText('text').toDelta()).toEqual(doc.getText('text').toDelta());
      expect(again.getXmlFragment('xml').toString()).toBe(doc.getXmlFragment('xml').toString());
      states += 3;
    }
    expect(states).toBe(HISTORIES * 3);
  });

  test('[Y15] a row that is missing, damaged or out of reach stops it', () => {
    const doc = new Y.Doc();
    const updates: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => updates.push(update));
    for (const word of ['one ', 'two ', 'three ']) doc.getText('text').insert(0, word);
    const rows = (...of: Uint8Array[]) => ({ snapshot: null, snapshotSeq: 0, updates: of });
    expect(() => statesAt(rows(updates[0]!, updates[2]!), [2])).toThrow('not stored');
    expect(() => statesAt(rows(updates[0]!, Uint8Array.of(1, 2, 3)), [2])).toThrow();
    expect(() => statesAt(rows(...updates), [4])).toThrow('no update 4');
    expect(() => statesAt({ ...rows(updates[2]!), snapshot: updates[0]!, snapshotSeq: 1 }, [0])).toThrow('no update 0');
  });
});
