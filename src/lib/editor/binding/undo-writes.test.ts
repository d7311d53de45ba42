import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { Moves } from './moves.ts';
import type { Move } from './structure-writes.ts';
import { movesOfUndo, withinUndo } from './undo-writes.ts';

test('[B42] of an undo each open text is told, and learns where its own letters went', () => {
  const doc = new Y.Doc();
  doc.clientID = 7;
  const [first, second] = [doc.getXmlFragment('first'), doc.getXmlFragment('second')];
  const text = new Y.XmlText('abc');
  second.insert(0, [text]);
  const undoManager = new Y.UndoManager([first, second], { trackedOrigins: new Set(['hand']) });
  const told = new Map<Y.XmlFragment, Move[]>();
  for (const fragment of [first, second]) {
    withinUndo(undoManager, fragment, (transaction, step) =>
      told.set(fragment, movesOfUndo(transaction, step, fragment, new Moves(doc)).letters),
    );
  }
  const { id } = text._start!;
  doc.transact(() => text.delete(0, 3), 'hand');
  undoManager.undo();
  expect(second.toString()).toBe('abc');
  expect(told.get(first)).toEqual([]);
  expect(told.get(second)).toMatchObject([{ from: { ...id, length: 3 }, to: { client: 7 } }]);
});
