import type * as Y from 'yjs';
import type { ItemId } from '#domain/ids.ts';
import { textOfBlocks, type Block } from '#domain/languages/text.ts';
import { itemBody } from '#protocol/board/edit.ts';
import { watchRestores, type RestoreTold } from '#protocol/board/restored.ts';
import { readBlocks } from '#protocol/rich-text.ts';

/** What stood in the item in which this person writes, where a restore has put other words. */
export interface Overwritten {
  readonly item: ItemId;
  readonly blocks: readonly Block[];
}

/** Tells of restores by others, with the words that they took from under this person's hands. Returns how to stop. */
export function hearRestores(
  doc: Y.Doc,
  writing: () => ItemId | null,
  heard: (told: RestoreTold, overwritten: Overwritten | null) => void,
): () => void {
  let before: Overwritten | null = null;
  const wordsIn = (item: ItemId) => {
    const body = itemBody(doc, item);
    return body && readBlocks(body, 'und');
  };
  const remember = ({ local }: Y.Transaction) => {
    const item = local ? null : writing();
    const blocks = item && wordsIn(item);
    before = item && blocks ? { item, blocks } : null;
  };
  doc.on('beforeTransaction', remember);
  const stop = watchRestores(doc, (told) => {
    const now = before && wordsIn(before.item);
    const was = before && textOfBlocks(before.blocks);
    // an item that is gone is kept by its editor
    const isOther = now !== null && was !== null && !textOfBlocks(now).includes(was.trim());
    heard(told, isOther ? before : null);
  });
  return () => {
    stop();
    doc.off('beforeTransaction', remember);
  };
}
