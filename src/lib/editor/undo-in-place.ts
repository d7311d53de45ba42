import * as Y from 'yjs';

type StackItem = Y.UndoManager['undoStack'][number];
/** Stretches of what each client wrote; Yjs also uses it for what was not deleted. */
type Ranges = StackItem['insertions'];

/**
 * What is brought back stands where it was, and on every copy of the document alike.
 *
 * Yjs brings back a copy, and `redone` of what was deleted names it. To copy a whole text it asks the neighbours of each
 * part where their copies are. A neighbour that had been deleted and brought back within the text leads to where its copy
 * lay, in front of what was written between the two. So words change places, or get a left end behind their right one,
 * which no two copies of the document need understand alike (yjs/yjs#794). Or it leads into a part that is still to be
 * copied: that part is split while Yjs goes through its list, and the rest of it is lost.
 *
 * So when a text goes, what was known of copies within it goes too. Deeds then name the copies of what they made.
 *
 * Yjs also stops at an error where a text that it is to bring something back into was collected as garbage. It may be, as
 * soon as somebody removes it, once Yjs has let go of a deed that could be redone and thereby of all that lay around it.
 */
export function undoInPlace(undoManager: Y.UndoManager): Y.UndoManager {
  const { store } = undoManager.doc;
  /** Paragraphs and lists by their copies: what was deleted in them before comes back there, once all of it is back. */
  const blocks = new Map<Y.Item, Y.ID>();

  const captured = ({ stackItem }: { stackItem: StackItem }) => {
    const parts = copiedWithin(store, stackItem.deletions);
    if (parts.length === 0) return;
    for (const deed of [...undoManager.undoStack, ...undoManager.redoStack]) {
      deed.insertions = withCopies(store, deed.insertions);
    }
    for (const part of parts) {
      if (part.redone && part.content instanceof Y.ContentType) blocks.set(part, part.redone);
      part.redone = null;
    }
  };

  const popped = () => {
    for (const [block, copy] of blocks) {
      if (!(block.parent as Y.AbstractType<unknown>)._item?.redone) continue;
      block.redone = copy;
      blocks.delete(block);
    }
  };

  const cleared = () => {
    for (const { deletions } of undoManager.undoStack) {
      for (const { item } of itemsIn(store, deletions)) keepPlace(store, item);
    }
  };

  undoManager.on('stack-item-added', captured);
  undoManager.on('stack-item-updated', captured);
  undoManager.on('stack-item-popped', popped);
  undoManager.on('stack-cleared', cleared);
  return undoManager;
}

/** What lies around an item, and around its copies. */
function keepPlace(store: Y.Doc['store'], item: Y.Item): void {
  for (let around: Y.Item | null = item; around; around = (around.parent as Y.AbstractType<unknown>)._item) {
    around.keep = true;
    const copy = around.redone && Y.getItem(store, around.redone);
    if (copy instanceof Y.Item) keepPlace(store, copy);
  }
}

/** Parts of deleted texts that were brought back in the same text. */
function copiedWithin(store: Y.Doc['store'], deletions: Ranges): Y.Item[] {
  const found: Y.Item[] = [];
  for (const { item } of itemsIn(store, deletions)) {
    if (!(item.content instanceof Y.ContentType)) continue;
    for (let part = item.content.type._start; part; part = part.right) {
      const copy = part.redone && Y.getItem(store, part.redone);
      if (copy && copy.parent === part.parent) found.push(part);
    }
  }
  return found;
}

function withCopies(store: Y.Doc['store'], made: Ranges): Ranges {
  const copies = Y.createDeleteSet();
  for (const { item, from, end } of itemsIn(store, made)) {
    if (!item.redone) continue;
    const { client, clock } = item.redone;
    const known = copies.clients.get(client) ?? [];
    copies.clients.set(client, [...known, { clock: clock + from - item.id.clock, len: end - from }]);
  }
  return copies.clients.size === 0 ? made : Y.mergeDeleteSets([made, withCopies(store, copies)]);
}

export function* itemsIn(
  store: Y.Doc['store'],
  ranges: Ranges,
): Generator<{ item: Y.Item; from: number; end: number }> {
  for (const [client, list] of ranges.clients) {
    const structs = store.clients.get(client)!;
    for (const { clock, len } of list) {
      for (let at = Y.findIndexSS(structs, clock); (structs[at]?.id.clock ?? Infinity) < clock + len; at += 1) {
        const item = structs[at];
        if (!(item instanceof Y.Item)) continue;
        yield { item, from: Math.max(clock, item.id.clock), end: Math.min(clock + len, item.id.clock + item.length) };
      }
    }
  }
}
