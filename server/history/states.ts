import * as Y from 'yjs';

/** A document's rows as bytes: what is stored of it, or a part of that. */
export interface Rows {
  readonly snapshot: Uint8Array | null;
  readonly snapshotSeq: number;
  /** Updates `snapshotSeq + 1`, `snapshotSeq + 2` … */
  readonly updates: readonly Uint8Array[];
}

/** Runs forward through rows. The document is its own: to be read before the next step, not to be changed. */
export class Replay {
  readonly #doc = new Y.Doc();
  readonly #rows: Rows;
  #seq = 0;

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  /** Throws when a row cannot be applied, is not there, or waits for what is not stored. */
  upTo(wanted: number): Y.Doc {
    const { snapshot, snapshotSeq, updates } = this.#rows;
    if (wanted < snapshotSeq || wanted > snapshotSeq + updates.length) throw new Error(`there is no update ${wanted}`);
    const doc = this.#doc;
    doc.transact(() => {
      if (snapshot && this.#seq < snapshotSeq) Y.applyUpdate(doc, snapshot);
      this.#seq = Math.max(this.#seq, snapshotSeq);
      for (; this.#seq < wanted; this.#seq += 1) Y.applyUpdate(doc, updates[this.#seq - snapshotSeq]!);
    });
    if (!isWhole(doc)) throw new Error(`up to update ${wanted} something waits for what is not stored`);
    return doc;
  }

  destroy(): void {
    this.#doc.destroy();
  }
}

/**
 * The whole content after each of `seqs` (rising, none before the snapshot), each as one update that was read back and found
 * equal to the rows, without what lies in other roots than `roots` (null: any). Throws when the rows are no whole document or the state reads back differently.
 */
export function statesAt(rows: Rows, seqs: readonly number[], roots: ReadonlySet<string> | null = null): Uint8Array[] {
  const replay = new Replay(rows);
  try {
    return seqs.map((seq) => {
      const doc = replay.upTo(seq);
      if (roots) emptyOthers(doc, roots);
      return verified(doc, seq);
    });
  } finally {
    replay.destroy();
  }
}

/** Deletes what lies in other roots: nobody reads it, and it would take the room of what they do read. */
function emptyOthers(doc: Y.Doc, roots: ReadonlySet<string>): void {
  doc.transact((transaction) => {
    for (const [name, type] of doc.share) {
      if (roots.has(name)) continue;
      for (let item = type._start; item; item = item.right) if (!item.deleted) item.delete(transaction);
      for (const item of type._map.values()) if (!item.deleted) item.delete(transaction);
    }
  });
}

function verified(doc: Y.Doc, seq: number): Uint8Array {
  const state = Y.encodeStateAsUpdate(doc);
  const readBack = new Y.Doc();
  try {
    Y.applyUpdate(readBack, state);
    const isEqual =
      isWhole(readBack) &&
      Y.equalSnapshots(Y.snapshot(doc), Y.snapshot(readBack)) &&
      areEqual(state, Y.encodeStateAsUpdate(readBack));
    if (!isEqual) throw new Error(`the snapshot of update ${seq} reads back differently`);
    return state;
  } finally {
    readBack.destroy();
  }
}

export const isWhole = ({ store }: Y.Doc): boolean => store.pendingStructs === null && store.pendingDs === null;
export const areEqual = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
