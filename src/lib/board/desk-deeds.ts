import type { BoardDesk } from './board-desk.svelte.ts';
import type { HeldPlace } from './held-place.ts';
import { ItemMerging } from './item-merging.svelte.ts';
import { ItemMoves } from './item-moves.svelte.ts';
import { ItemRemoval } from './item-removal.svelte.ts';
import { ItemWriting } from './item-writing.svelte.ts';
import { LateHere } from './late-here.svelte.ts';
import { TakingBack } from './taking-back.ts';
import { ThemeDeeds } from './theme-deeds.ts';

/** What one does at a desk beside adding an idea. */
export class DeskDeeds {
  /** What came after writing had closed. */
  readonly late = new LateHere();
  readonly writing: ItemWriting;
  readonly moves: ItemMoves;
  readonly merging: ItemMerging;
  readonly removal: ItemRemoval;
  readonly themes: ThemeDeeds;
  readonly takingBack: TakingBack;

  constructor(desk: BoardDesk, place: HeldPlace) {
    this.writing = new ItemWriting(desk, place);
    this.moves = new ItemMoves(desk);
    this.merging = new ItemMerging(desk);
    this.removal = new ItemRemoval(desk);
    this.themes = new ThemeDeeds(desk);
    this.takingBack = new TakingBack(desk);
  }
}
