import type { UndoManager } from 'yjs';
import type { BoundEditor } from './binding/bound-editor.ts';
import type { BoundText } from './binding/bound-text.ts';

interface StackEvent {
  stackItem: { meta: Map<unknown, unknown> };
}

/** Keeps with each deed where the selection was before it: undo puts it back there. Returns how to stop. */
export function keepSelections(undoManager: UndoManager, bound: BoundText, editor: BoundEditor): () => void {
  const added = ({ stackItem }: StackEvent) => stackItem.meta.set(bound, editor.before);
  undoManager.on('stack-item-added', added);
  return () => undoManager.off('stack-item-added', added);
}
