import * as Y from 'yjs';
import type { Item } from '#domain/board/board.ts';
import { textOfBlocks, type Text } from '#domain/languages/text.ts';
import type { LetterId } from '#protocol/update/written.ts';
import { readBoard } from './read.ts';
import { boardShape, type BoardShape } from './shape.ts';

/** The words of the item that holds this letter, or held it; null: it is in none that the board shows. */
export function itemAt(doc: Y.Doc, { client, clock }: LetterId): Text | null {
  const structs = doc.store.clients.get(client) ?? [];
  if (clock >= Y.getState(doc.store, client)) return null;
  const struct = structs[Y.findIndexSS(structs, clock)];
  const id = struct instanceof Y.Item ? recordOf(struct, boardShape(doc).items) : null;
  if (id === null) return null;
  const { themes, loose } = readBoard(doc);
  const all = [...themes.flatMap(({ items }) => items), ...loose].flatMap(withMerged);
  const item = all.find((one) => one.id === id);
  return item ? { text: textOfBlocks(item.blocks), lang: item.lang } : null;
}

/** The key under which the record lies that a struct is in. */
function recordOf(struct: Y.Item, items: BoardShape['items']): string | null {
  for (let item: Y.Item | null = struct; item; item = item.parent instanceof Y.AbstractType ? item.parent._item : null)
    if (item.parent === items) return item.parentSub;
  return null;
}

const withMerged = (item: Item): Item[] => [item, ...item.merged.flatMap(withMerged)];
