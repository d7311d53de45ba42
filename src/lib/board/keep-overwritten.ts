import { textOfBlocks } from '#domain/languages/text.ts';
import type { ItemId } from '#domain/ids.ts';
import type { Overwritten } from '#lib/heard/restores.ts';
import { newId } from '#lib/new-id.ts';
import { readBoard } from '#protocol/board/read.ts';
import type { RestoreTold } from '#protocol/board/restored.ts';
import type { BoardDesk } from './board-desk.svelte.ts';
import { whereaboutsOf } from './whereabouts.ts';

type Desk = Pick<BoardDesk, 'kept' | 'session' | 'board'>;

/**
 * Words that a restore took from the item in which this person writes stay behind it, for them alone; they go when they stand in it
 * again. Whether there were any.
 */
export function keepOverwritten(
  { kept, session, board: seen }: Desk,
  told: RestoreTold,
  over: Overwritten | null,
): boolean {
  const board = readBoard(session.doc);
  for (const item of [...seen.themes.flatMap(({ items }) => items), ...seen.loose]) {
    const { isOverwritten, above } = kept.of(item.id) ?? {};
    const back = isOverwritten && above !== undefined && above !== null && whereaboutsOf(board, above)?.item;
    if (back && textOfBlocks(back.blocks).includes(textOfBlocks(item.blocks))) kept.drop(item.id);
  }
  const where = over && whereaboutsOf(board, over.item);
  if (!where) return false;
  const { lang } = where.item;
  kept.keep({
    item: {
      ...{ ...where.item, id: newId<ItemId>(), comments: [], reactions: {}, merged: [] },
      blocks: over.blocks.map((block) => (block.lang === 'und' ? { ...block, lang } : block)),
    },
    theme: where.theme,
    above: where.root.id,
    by: told.by,
    isOverwritten: true,
  });
  return true;
}
