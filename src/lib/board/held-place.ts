import type { Board } from '#domain/board/board.ts';
import type { ItemId } from '#domain/ids.ts';
import type { EarlyTouch } from './early-touch.ts';
import type { KeptItems } from './kept-items.svelte.ts';

/** Where a person writes. It outlives the board: when its document is replaced, the next one begins with the same picture and place. */
export interface HeldPlace {
  /** On which board. */
  readonly document: string;
  item: ItemId | null;
  /** The field for the next idea has the focus. */
  isComposing: boolean;
  /** What others took away under this person's hands. */
  readonly kept: KeptItems;
  /** As it was last shown. */
  board: Board | null;
  /** What was done before the board's code came. */
  early?: EarlyTouch;
}
