import * as Y from 'yjs';
import { DocumentLog } from '#server/sync/document-log.ts';
import { areEqual, isWhole, Replay, statesAt, type Rows } from './states.ts';

interface LoggedRows extends Rows {
  readonly seq: number;
}

/**
 * The whole content of a stored document, which must come out the same when its rows are applied in order, when Yjs merges
 * them from the last to the first, and when they are joined unread. Throws what is wrong.
 */
export function provenState(stored: LoggedRows): Uint8Array {
  const replay = new Replay(stored);
  const state = Y.encodeStateAsUpdate(replay.upTo(stored.seq));
  replay.destroy();
  const rows = stored.snapshot ? [stored.snapshot, ...stored.updates] : [...stored.updates];
  if (rows.length === 0) return state;
  refuseOther(state, Y.mergeUpdates(rows.toReversed()), 'its updates give another document in another order');
  const joined = joinedUnread(rows);
  if (joined) refuseOther(state, joined, 'its updates give another document when they are joined');
  return state;
}

/** A kept version must be whole, hold nothing that the document never held, and be what the rows give where they are still there. */
export function provenVersion(stored: LoggedRows, seq: number, version: Uint8Array, whole: Uint8Array | null): void {
  if (seq < 1 || seq > stored.seq) throw new Error('is not in the log');
  const [state] = statesAt({ snapshot: version, snapshotSeq: seq, updates: [] }, [seq]);
  if (seq >= stored.snapshotSeq && !(seq === stored.snapshotSeq && !stored.snapshot)) {
    if (!areEqual(state!, statesAt(stored, [seq])[0]!)) throw new Error('is not what the updates give');
  }
  if (whole === null) return;
  const both = new Y.Doc();
  Y.applyUpdate(both, whole);
  const before = Y.snapshot(both);
  Y.applyUpdate(both, state!);
  const addsNothing = isWhole(both) && Y.equalSnapshots(before, Y.snapshot(both));
  both.destroy();
  if (!addsNothing) throw new Error('holds what the document never held');
}

/** As the server hands it out. Null for rows that do not follow each other exactly, as older versions wrote them. */
function joinedUnread(rows: readonly Uint8Array[]): Uint8Array | null {
  try {
    return new DocumentLog(rows).whole();
  } catch {
    return null;
  }
}

function refuseOther(state: Uint8Array, update: Uint8Array, problem: string): void {
  const doc = new Y.Doc();
  try {
    Y.applyUpdate(doc, update);
    if (!isWhole(doc) || !areEqual(state, Y.encodeStateAsUpdate(doc))) throw new Error(problem);
  } finally {
    doc.destroy();
  }
}
