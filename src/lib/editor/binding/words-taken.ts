import * as Y from 'yjs';
import { wordsIn, type Group } from './carried-words.ts';
import { idsOf, lettersOf } from './letters.ts';
import type { Moves } from './moves.ts';

/**
 * Others' words that an undo takes away and that stand nowhere else: its own deed had moved them, out of a paragraph that had come with
 * the same deed. To be asked within the undo's transaction, as Yjs drops what is deleted as soon as it is over.
 */
export function wordsTaken(transaction: Y.Transaction, fragment: Y.XmlFragment, moves: Moves): Group[] {
  const { doc, deleteSet } = transaction;
  const texts = new Set<Y.XmlText>();
  /** Yjs sorts its own list once the transaction is over. */
  const deleted = new Set<string>();
  Y.iterateDeletedStructs(transaction, deleteSet, (struct) => {
    if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) return;
    if (!(struct.parent instanceof Y.XmlText) || !Y.isParentOf(fragment, struct)) return;
    texts.add(struct.parent);
    for (const id of idsOf({ ...struct.id, length: struct.length })) deleted.add(keyOf(id));
  });
  const known = new Set<string>();
  const isTaken = (id: Y.ID) => {
    const root = moves.rootOf(id);
    return root.client !== doc.clientID && !known.has(keyOf(root)) && !moves.isThere(moves.follow(id));
  };
  const taken: { ids: Y.ID[]; left: Y.ID | null; right: Y.ID | null }[] = [];
  for (const text of texts) {
    let left: Y.ID | null = null;
    let open: (typeof taken)[number] | null = null;
    for (let item = text._start; item; item = item.right) {
      if (!(item.content instanceof Y.ContentString)) continue;
      for (const id of idsOf({ ...item.id, length: item.length })) {
        if (moves.isThere(moves.follow(id))) {
          if (open) open.right = id;
          open = null;
          left = id;
        } else if (deleted.has(keyOf(id)) && isTaken(id)) {
          if (!open) taken.push((open = { ids: [], left, right: null }));
          open.ids.push(id);
          known.add(keyOf(moves.rootOf(id)));
        }
      }
    }
  }
  return taken.map(({ ids, left, right }) => ({
    words: lettersOf(ids).flatMap((letters) => wordsIn(doc, letters)),
    left,
    right,
  }));
}

const keyOf = ({ client, clock }: Y.ID): string => `${client}:${clock}`;
