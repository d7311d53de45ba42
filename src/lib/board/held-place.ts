import type { Board } from '#domain/board/board.ts';
import type { ItemId } from '#domain/ids.ts';

/** Where a person writes. It outlives the board: when its document is replaced, the next one begins with the same picture and place. */
export interface HeldPlace {
  item: ItemId | null;
  /** The field for the next idea has the focus. */
  isComposing: boolean;
  /** As it was last shown. */
  board: Board | null;
}
