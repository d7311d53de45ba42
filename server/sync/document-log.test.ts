import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { scanStored } from '#protocol/update/scan.ts';
import { DocumentLog } from './document-log.ts';

/** What two people write, delete and move at the same time, in the order in which a server got it. */
function history(edits: number): Uint8Array[] {
  const docs = [101, 202].map((clientID) => Object.assign(new Y.Doc(), { clientID }));
  const updates: Uint8Array[] = [];
  for (const doc of docs) {
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'elsewhere') return;
      updates.push(update);
      for (const other of docs) if (other !== doc) Y.applyUpdate(other, update, 'elsewhere');
    });
  }
  for (let edit = 0; edit < edits; edit += 1) {
    const text = docs[edit % 2]!.getText('text');
    if (edit % 5 === 4) text.delete(edit % text.length, 1);
    else text.insert((edit * 7) % (text.length + 1), `${edit} `);
  }
  return updates;
}

function textOf(...updates: readonly Uint8Array[]): string {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  expect(doc.store.pendingStructs ?? doc.store.pendingDs).toBeNull();
  return doc.getText('text').toString();
}

const EDITS = 2_500;
const ROWS = history(EDITS);
const ALL = textOf(...ROWS);

/** Read from storage up to some row, and grown from there. */
function grown(stored: number): DocumentLog {
  const log = new DocumentLog(ROWS.slice(0, stored));
  for (const row of ROWS.slice(stored)) log.append(scanStored(row));
  return log;
}

describe('the log of a document', () => {
  test.each([0, 1, 1_200, EDITS])(
    '[Y1] read up to row %i and grown from there is what Yjs makes of its rows',
    (stored) => {
      const log = grown(stored);
      expect(textOf(log.whole())).toBe(ALL);
      expect(Y.decodeStateVector(log.stateVector())).toEqual(
        Y.decodeStateVector(Y.encodeStateVectorFromUpdate(log.whole())),
      );
    },
  );

  test('[Y1] brings anybody up to date from wherever they were', () => {
    const log = grown(1_000);
    for (const had of [0, 1, 7, 999, 1_000, 1_001, 2_300, EDITS]) {
      const part = Y.mergeUpdates(ROWS.slice(0, had));
      const clocks = had === 0 ? new Map<number, number>() : Y.decodeStateVector(Y.encodeStateVectorFromUpdate(part));
      expect(textOf(...(had === 0 ? [] : [part]), log.since(clocks))).toBe(ALL);
    }
  });

  test('[Y1] sends what somebody lacks when that begins within a struct, and be it one character', () => {
    const log = grown(1_000);
    for (const [client, clock] of log.clocks) {
      const part = new Map([...log.clocks, [client, clock - 1]]);
      const lacking = scanStored(log.since(part)).sections;
      expect(lacking.map((section) => [section.client, section.end])).toEqual([[client, clock]]);
      expect(lacking[0]!.clock).toBeLessThan(clock);
    }
    expect(scanStored(log.since(log.clocks)).sections).toEqual([]);
  });
});
