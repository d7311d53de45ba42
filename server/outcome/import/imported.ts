import type { Board, Item } from '#domain/board/board.ts';
import type { ForumDetails } from '#domain/forum/forum.ts';
import type { ItemId, SeatId, ThemeId } from '#domain/ids.ts';
import type { Language } from '#domain/languages/language.ts';
import type { Block, Text } from '#domain/languages/text.ts';
import type { RoomBoard } from '#domain/outcome/assemble.ts';
import type { OutcomeDraft } from '#domain/outcome/document.ts';

export interface ImportedItem {
  readonly lang: Language;
  readonly blocks: readonly Block[];
  /** Name of the room that wrote it, where the outcome says so. */
  readonly room: string | null;
  /** What had been merged into it; a typed outcome has no such thing. */
  readonly merged?: readonly Pick<ImportedItem, 'lang' | 'blocks'>[];
}

export interface ImportedTheme {
  readonly title: Text;
  readonly items: readonly ImportedItem[];
}

/** An earlier outcome as data: everything a new forum is made of, before anything has an id that lasts. */
export interface ImportedOutcome {
  readonly details: ForumDetails;
  readonly slug: string;
  readonly themes: readonly ImportedTheme[];
  readonly parkingLot: readonly ImportedItem[];
  readonly draft: OutcomeDraft;
  /** Stretches of text that have no place of their own; they are in `draft.notes` too. */
  readonly unplaced: readonly string[];
}

/** The seat that an imported item is written by: nobody's, because nobody of it ever sat here. */
export const IMPORTED_BY = 'imported' as SeatId;

/**
 * The boards that an imported outcome fills: what no room is named for goes to the first. Every theme is on each board
 * in the outcome's order, so that joining the boards again gives that order.
 */
export function boardsOf(
  { themes, parkingLot }: ImportedOutcome,
  rooms: readonly { readonly id: string; readonly name: string }[],
  newId: () => string,
): RoomBoard[] {
  const roomOf = (item: ImportedItem) =>
    Math.max(
      0,
      rooms.findIndex(({ name }) => name === item.room),
    );
  const item = ({ lang, blocks, merged = [] }: Omit<ImportedItem, 'room'>): Item => ({
    id: newId() as ItemId,
    by: IMPORTED_BY,
    at: 0,
    lang,
    blocks,
    comments: [],
    reactions: {},
    merged: merged.map((inside) => item(inside)),
  });
  return rooms.map((room, index): { room: typeof room; board: Board } => {
    const here = (items: readonly ImportedItem[]) =>
      items.filter((entry) => roomOf(entry) === index).map((entry) => item(entry));
    return {
      room,
      board: {
        themes: themes.map(({ title, items }) => ({ id: newId() as ThemeId, title, items: here(items) })),
        loose: here(parkingLot),
      },
    };
  });
}
