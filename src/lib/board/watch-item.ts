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
  /** How much of each client's writing there was when this text came; what is newer was written in it since. */
  readonly came: ReadonlyMap<number, number> | undefined;
}

/**
 * Tells when an item goes, comes back or is replaced, before the next key: the page shows it only with its next frame. Not within the
 * transaction itself, in which an editor that binds to the new text would take what lies in it for a change.
 */
export function watchItem(doc: Y.Doc, item: ItemId, changed: (change: ItemChange) => void): () => void {
  const { items } = boardShape(doc);
  let isOver = false;
  let latest: { readonly body: Y.XmlFragment; readonly came: ReadonlyMap<number, number> } | null = null;
  const observer = (event: Y.YMapEvent<Y.Map<unknown>>, transaction: Y.Transaction) => {
    if (!event.keysChanged.has(item)) return;
    const [by, isOwn] = [goneIn(transaction, items, item), transaction.local];
    const made = itemBody(doc, item);
    latest = made && { body: made, came: transaction.afterState };
    queueMicrotask(() => {
      const body = itemBody(doc, item);
      if (!isOver) changed({ body, by, isOwn, came: latest?.body === body ? latest?.came : undefined });
    });
  };
  items.observe(observer);
  return () => {
    isOver = true;
    items.unobserve(observer);
  };
}

/** Which connection last gave an item its place or merged it. */
export function clientOf(doc: Y.Doc, item: ItemId, key: 'order' | 'merged'): number | null {
  return itemRecord(boardShape(doc).items, item)?._map.get(key)?.id.client ?? null;
}
