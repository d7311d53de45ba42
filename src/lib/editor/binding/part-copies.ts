import * as Y from 'yjs';
import { itemsIn } from '../undo-in-place.ts';

/**
 * Before an undo or redo: what was brought back of a deed's letters ends where the deed's ended. Others' words that were brought back
 * behind them, as by the undo of a list, are one item with them in Yjs, which takes away the item whole.
 */
export function partCopies(transaction: Y.Transaction, undoManager: Y.UndoManager): void {
  const { store } = transaction.doc;
  const deed = (undoManager.undoing ? undoManager.undoStack : undoManager.redoStack).at(-1);
  if (!deed) return;
  for (const { item, end } of [...itemsIn(store, deed.insertions)]) {
    const last = lastCopy(store, item, end - 1);
    const next = last && Y.createID(last.client, last.clock + 1);
    if (!next || next.clock >= Y.getState(store, next.client)) continue;
    if (Y.getItem(store, next).id.clock < next.clock) Y.getItemCleanStart(transaction, next);
  }
}

/** Null where a part was not brought back, or was collected as garbage. */
function lastCopy(store: Y.Doc['store'], item: Y.Item, clock: number): Y.ID | null {
  if (!item.redone) return null;
  const copy = Y.createID(item.redone.client, item.redone.clock + clock - item.id.clock);
  const there = Y.getItem(store, copy) as Y.Item | Y.GC;
  return there instanceof Y.Item ? (lastCopy(store, there, copy.clock) ?? copy) : null;
}
