import * as Y from 'yjs';
import type { Letters } from './letters.ts';

/** A deed that wrote letters also wrote their copies: undoing it takes those away. */
export function addToDeeds({ undoStack, redoStack }: Y.UndoManager, from: Letters, to: Y.ID): void {
  for (const deed of [...undoStack, ...redoStack]) {
    const copies = Y.createDeleteSet();
    for (const { clock, len } of deed.insertions.clients.get(from.client) ?? []) {
      const begin = Math.max(clock, from.clock);
      const end = Math.min(clock + len, from.clock + from.length);
      if (begin >= end) continue;
      const known = copies.clients.get(to.client) ?? [];
      copies.clients.set(to.client, [...known, { clock: to.clock + begin - from.clock, len: end - begin }]);
    }
    if (copies.clients.size > 0) deed.insertions = Y.mergeDeleteSets([deed.insertions, copies]);
  }
}
