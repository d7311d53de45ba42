import { Plugin, PluginKey } from 'prosemirror-state';
import { getRelativeSelection, ySyncPluginKey } from 'y-prosemirror';
import type { UndoManager } from 'yjs';

type Selection = ReturnType<typeof getRelativeSelection>;
type Binding = Parameters<typeof getRelativeSelection>[0] & { beforeTransactionSelection: Selection | null };
interface StackEvent {
  stackItem: { meta: Map<unknown, unknown> };
}

const KEY = new PluginKey<Selection | null>('undo-selection');

/**
 * Puts the selection back where it was before what is undone. y-prosemirror's own undo plugin destroys its UndoManager
 * together with the editor; ours is the page's and outlives every editor.
 */
export function undoSelection(undoManager: UndoManager): Plugin<Selection | null> {
  return new Plugin<Selection | null>({
    key: KEY,
    state: {
      init: () => null,
      apply(_transaction, _before, old, now) {
        const binding = ySyncPluginKey.getState(now)?.binding as Binding | undefined;
        return binding ? getRelativeSelection(binding, old) : null;
      },
    },
    view(view) {
      const binding = ySyncPluginKey.getState(view.state)?.binding as Binding | undefined;
      const added = ({ stackItem }: StackEvent) => stackItem.meta.set(binding, KEY.getState(view.state));
      const popped = ({ stackItem }: StackEvent) => {
        const before = stackItem.meta.get(binding) as Selection | undefined;
        if (binding && before) binding.beforeTransactionSelection = before;
      };
      undoManager.on('stack-item-added', added);
      undoManager.on('stack-item-popped', popped);
      return {
        destroy() {
          undoManager.off('stack-item-added', added);
          undoManager.off('stack-item-popped', popped);
        },
      };
    },
  });
}
