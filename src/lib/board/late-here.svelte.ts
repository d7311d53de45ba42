import { untrack } from 'svelte';
import { EMPTY_BOARD, type Board, type Item } from '#domain/board/board.ts';
import type { ItemId } from '#domain/ids.ts';
import { textOfBlocks, type Block } from '#domain/languages/text.ts';
import { readBoard } from '#protocol/board/read.ts';
import type { KeptItems } from './kept-items.svelte.ts';
import type { Drafts } from './put-back.ts';
import { whereaboutsOf, type Whereabouts } from './whereabouts.ts';

/** Words that came after writing had closed, beside the items where they were typed. */
export class LateHere {
  #all = $state.raw<readonly Whereabouts[]>([]);
  #reading = 0;
  /** Items that were new and stand where they stood: who lets one go does not want it again. */
  #placed: readonly ItemId[] = [];

  /** The text of an item as this person had it, where that is not what stands there. */
  at({ id, blocks }: Item): readonly Block[] | undefined {
    const late = this.#all.find(({ item }) => item.id === id)?.item.blocks;
    return late && textOfBlocks(late) !== textOfBlocks(blocks) ? late : undefined;
  }

  async read(from: Pick<Drafts, 'drafts' | 'openDraft'>): Promise<void> {
    const late = from.drafts.filter(({ cause }) => cause === 'late');
    this.#reading += 1;
    const reading = this.#reading;
    const all: Whereabouts[] = [];
    if (late.length > 0) {
      const { lateWords } = await import('./late-words.ts');
      for (const draft of late) {
        const copy = await from.openDraft(draft);
        const board = readBoard(copy);
        for (const { id } of lateWords(copy, draft.known, EMPTY_BOARD)) {
          const where = whereaboutsOf(board, id as ItemId);
          if (where) all.push(where);
        }
        copy.destroy();
      }
    }
    if (reading === this.#reading) this.#all = all;
  }

  /** Items that were new stand where they stood, for this person alone; asked again whenever the board changes. */
  place(board: Board, kept: KeptItems): void {
    const all = this.#all;
    untrack(() => {
      if (all.length === 0) {
        this.#placed = [];
        return kept.dropLate();
      }
      for (const where of all) {
        const { id } = where.item;
        if (whereaboutsOf(board, id)) {
          if (kept.of(id)?.isLate) kept.drop(id);
        } else if (!this.#placed.includes(id)) {
          this.#placed = [...this.#placed, id];
          kept.keep({ ...where, item: { ...where.item, merged: [] }, by: null, isLate: true });
        }
      }
    });
  }
}
