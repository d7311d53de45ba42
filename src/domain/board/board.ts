import type { CommentId, ItemId, SeatId, ThemeId } from '../ids.ts';
import type { Language } from '../languages/language.ts';
import type { Block, Text } from '../languages/text.ts';

export const REACTIONS = ['agree', 'question', 'heart'] as const;
export type Reaction = (typeof REACTIONS)[number];

export interface Comment {
  readonly id: CommentId;
  /** Empty when nobody is named. */
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
  /** Somebody said so; otherwise it follows the text. */
  readonly langIsChosen?: true;
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

/** How many there are that a board does not show, because there are too many (`LIMITS`). They stay in the document. */
export interface Beyond {
  readonly themes: number;
  readonly items: number;
  readonly comments: number;
}

/**
 * What people see of a room's Y.Doc: themes in order, their items in order, and the items that have no theme yet.
 *
 * Whoever reads one may rely on this, whatever lies in the document: ids are 1 to 64 characters without white space and control
 * characters, and `by` is empty when nobody is named; each `lang` is a language (`isLanguage`), `und` when none is stated; texts have no
 * lone surrogates and no more characters than `LIMITS` says; `at` is 0 or a time that a Date can hold; an `href` is a whole http, https
 * or mailto address; merged items have none merged into them.
 */
export interface Board {
  readonly themes: readonly Theme[];
  readonly loose: readonly Item[];
  /** Absent when the board shows everything. */
  readonly beyond?: Beyond;
  /** Only its beginning, in a page that waits for the rest. */
  readonly isPart?: true;
  /** The document could not be read: what stands here is nothing. */
  readonly isUnread?: true;
}

export const EMPTY_BOARD: Board = { themes: [], loose: [] };

/** Stands for a board that could not be read. */
export const UNREAD_BOARD: Board = { ...EMPTY_BOARD, isUnread: true };
