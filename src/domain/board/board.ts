import type { CommentId, ItemId, SeatId, ThemeId } from '../ids.ts';
import type { Language } from '../languages/language.ts';
import type { Block, Text } from '../languages/text.ts';

export const REACTIONS = ['agree', 'question', 'heart'] as const;
export type Reaction = (typeof REACTIONS)[number];

export interface Comment {
  readonly id: CommentId;
  readonly by: SeatId;
  /** Epoch milliseconds on the writer's clock: for display only, never for order of decisions. */
  readonly at: number;
  readonly text: Text;
}

export interface Item {
  readonly id: ItemId;
  readonly by: SeatId;
  readonly at: number;
  readonly lang: Language;
  readonly blocks: readonly Block[];
  readonly comments: readonly Comment[];
  readonly reactions: Readonly<Partial<Record<Reaction, readonly SeatId[]>>>;
  /** Items that were merged into this one; each can be split off again. */
  readonly merged: readonly Item[];
}

export interface Theme {
  readonly id: ThemeId;
  readonly title: Text;
  readonly items: readonly Item[];
}

/** What people see of a room's Y.Doc: themes in order, their items in order, and the items that have no theme yet. */
export interface Board {
  readonly themes: readonly Theme[];
  readonly loose: readonly Item[];
}
