import * as Y from 'yjs';

type Step = Y.UndoManager['undoStack'][number];

export type Undone =
  | { readonly kind: 'done' }
  | { readonly kind: 'nothing' }
  /** Somebody else has changed what the step did; `client`: whose connection that was, where the document says. */
  | { readonly kind: 'superseded'; readonly client: number | null; readonly step: Step };

/**
 * One step and no other. Yjs goes on to the next step when one has no effect any more, and so takes back what nobody meant. A step of
 * which somebody else has changed a part (where an item stands, what it was merged into) is not taken back by halves either.
 */
export function undoOne(undoManager: Y.UndoManager, way: 'undo' | 'redo'): Undone {
  const stack = way === 'undo' ? undoManager.undoStack : undoManager.redoStack;
  const step = stack.at(-1);
  if (!step) return { kind: 'nothing' };
  const client = newerThan(undoManager.doc, step);
  if (client !== null) {
    stack.pop();
    return { kind: 'superseded', client, step };
  }
  const end = new End();
  const takeOut = () => {
    const at = stack.indexOf(end);
    if (at >= 0) stack.splice(at, 1);
  };
  stack.splice(-1, 0, end);
  // after the step and before anybody looks at the stack
  undoManager.doc.once('beforeObserverCalls', takeOut);
  try {
    undoManager[way]();
    return { kind: 'done' };
  } catch (error) {
    if (error !== end) throw error;
    return { kind: 'superseded', client: null, step };
  } finally {
    undoManager.doc.off('beforeObserverCalls', takeOut);
    takeOut();
  }
}

/** Lies below the step that is meant: whoever gets there has gone too far. */
class End implements Step {
  readonly deletions = Y.createDeleteSet();
  readonly meta = new Map();
  get insertions(): never {
    throw this;
  }
}

/** Whose value stands where the step set one or took one away; null when that is still as the step left it. */
function newerThan({ store, clientID }: Y.Doc, { insertions, deletions }: Step): number | null {
  for (const ranges of [insertions, deletions]) {
    for (const struct of structsIn(store, ranges)) {
      const own = lastCopy(store, struct);
      const { parent, parentSub } = own;
      if (parentSub === null || !own.deleted || !(parent instanceof Y.AbstractType)) continue;
      const around = parent._item;
      // what the step made is taken back whole, whatever became of it
      if (around && (around.deleted || Y.isDeleted(insertions, around.id))) continue;
      const now = parent._map.get(parentSub);
      if (now && now !== own && !now.deleted && now.id.client !== clientID) return now.id.client;
    }
  }
  return null;
}

function lastCopy(store: Y.Doc['store'], struct: Y.Item): Y.Item {
  const copy = struct.redone && Y.getItem(store, struct.redone);
  return copy instanceof Y.Item ? lastCopy(store, copy) : struct;
}

function* structsIn(store: Y.Doc['store'], ranges: Step['insertions']): Generator<Y.Item> {
  for (const [client, list] of ranges.clients) {
    const structs = store.clients.get(client) ?? [];
    for (const { clock, len } of list) {
      for (let at = Y.findIndexSS(structs, clock); (structs[at]?.id.clock ?? Infinity) < clock + len; at += 1) {
        const struct = structs[at];
        if (struct instanceof Y.Item) yield struct;
      }
    }
  }
}
