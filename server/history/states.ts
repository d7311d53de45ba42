import * as Y from 'yjs';

/** A document's rows as bytes: what is stored of it, or a part of that. */
export interface Rows {
  readonly snapshot: Uint8Array | null;
  readonly snapshotSeq: number;
  /** Updates `snapshotSeq + 1`, `snapshotSeq + 2` … */
  readonly updates: readonly Uint8Array[];
}

/**
 * The whole content after each of `seqs` (rising, none before the snapshot), each as one update that was read back and found
 * equal to the rows. Throws when a row cannot be applied, waits for what is not stored, or reads back differently.
 */
export function statesAt({ snapshot, snapshotSeq, updates }: Rows, seqs: readonly number[]): Uint8Array[] {
  const doc = new Y.Doc();
  try {
    let seq = 0;
    return seqs.map((wanted) => {
      if (wanted < snapshotSeq || wanted > snapshotSeq + updates.length)
        throw new Error(`there is no update ${wanted}`);
      doc.transact(() => {
        if (snapshot && seq < snapshotSeq) Y.applyUpdate(doc, snapshot);
        seq = Math.max(seq, snapshotSeq);
        for (; seq < wanted; seq += 1) Y.applyUpdate(doc, updates[seq - snapshotSeq]!);
      });
      if (doc.store.pendingStructs ?? doc.store.pendingDs) {
        throw new Error(`up to update ${wanted} something waits for what is not stored`);
      }
      return verified(doc, wanted);
    });
  } finally {
    doc.destroy();
  }
}

function verified(doc: Y.Doc, seq: number): Uint8Array {
  const state = Y.encodeStateAsUpdate(doc);
  const readBack = new Y.Doc();
  try {
    Y.applyUpdate(readBack, state);
    const isWhole = !readBack.store.pendingStructs && !readBack.store.pendingDs;
    const isEqual =
      isWhole &&
      Y.equalSnapshots(Y.snapshot(doc), Y.snapshot(readBack)) &&
      areEqual(state, Y.encodeStateAsUpdate(readBack));
    if (!isEqual) throw new Error(`the snapshot of update ${seq} reads back differently`);
    return state;
  } finally {
    readBack.destroy();
  }
}

export const areEqual = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
