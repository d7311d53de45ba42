import type * as Y from 'yjs';
import type { ItemId } from '#domain/ids.ts';
import { itemBody } from '#protocol/board/edit.ts';
import { boardShape, itemRecord } from '#protocol/board/shape.ts';
import { goneIn, type Author } from './other-hands.ts';

export interface ItemChange {
  /** The text that stands there now; null: the item is gone. */
  readonly body: Y.XmlFragment | null;
  readonly by: Author | null;
  /** Done in this page. */
  readonly isOwn: boolean;
}

/** Tells at once when an item goes, comes back or is replaced: the page shows it with its next frame, and keys do not wait for that. */
export function watchItem(doc: Y.Doc, item: ItemId, changed: (change: ItemChange) => void): () => void {
  const { items } = boardShape(doc);
  const observer = (event: Y.YMapEvent<Y.Map<unknown>>, transaction: Y.Transaction) => {
    if (!event.keysChanged.has(item)) return;
    const by = goneIn(transaction, items, item);
    changed({ body: itemBody(doc, item), by, isOwn: transaction.local });
  };
  items.observe(observer);
  return () => items.unobserve(observer);
}

/** Which connection last gave an item its place or merged it. */
export function clientOf(doc: Y.Doc, item: ItemId, key: 'order' | 'merged'): number | null {
  return itemRecord(boardShape(doc).items, item)?._map.get(key)?.id.client ?? null;
}
