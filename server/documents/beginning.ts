import type { Board, Item } from '#domain/board/board.ts';
import { textOfBlocks, type Block } from '#domain/languages/text.ts';
import type { OutcomeDocument, OutcomeRecommendation } from '#domain/outcome/document.ts';

const MOST_ENTRIES = 400; // items or recommendations in a page's first HTML: more take longer to render than others can wait
const MOST_CHARACTERS = 150_000;

/** What fits into a page, counted down. */
class Room {
  #entries = MOST_ENTRIES;
  #characters = MOST_CHARACTERS;
  #isFull = false;

  /** False from the first that does not fit: what is shown has no holes. */
  takes(entries: number, characters: number): boolean {
    this.#isFull ||= this.#entries < entries || this.#characters < characters;
    if (this.#isFull) return false;
    this.#entries -= entries;
    this.#characters -= characters;
    return true;
  }

  get isFull(): boolean {
    return this.#isFull;
  }
}

/** A board as far as a page holds it; its connection brings the rest. */
export function beginningOfBoard(board: Board): Board {
  const room = new Room();
  const fits = (item: Item) => room.takes(1 + item.merged.length, sizeOfItem(item));
  const themes = board.themes.map((theme) => ({ ...theme, items: theme.items.filter(fits) }));
  const loose = board.loose.filter(fits);
  return room.isFull ? { ...board, themes, loose, isPart: true } : board;
}

const sizeOfItem = (item: Item): number =>
  sizeOf(item.blocks) +
  item.comments.reduce((sum, { text }) => sum + text.text.length, 0) +
  Object.values(item.reactions).reduce((sum, seats) => sum + seats.length * 24, 0) +
  item.merged.reduce((sum, inner): number => sum + sizeOfItem(inner), 0);

/** Elements count too: a thousand empty paragraphs have no characters. */
const sizeOf = (blocks: readonly Block[]): number =>
  textOfBlocks(blocks).length +
  blocks.reduce((sum, block) => sum + 20 * (block.kind === 'list' ? block.items.length + 1 : block.runs.length + 1), 0);

export interface OutcomeBeginning {
  readonly document: OutcomeDocument;
  /** Recommendations and ideas that are not in it. */
  readonly left: number;
  /** Texts of the page itself that are not in it. */
  readonly isCut: boolean;
}

/** A document as far as a page holds it. */
export function beginningOfOutcome(document: OutcomeDocument): OutcomeBeginning {
  const room = new Room();
  let left = 0;
  const fits = ({ blocks }: OutcomeRecommendation) => {
    const isTaken = room.takes(1, sizeOf(blocks));
    if (!isTaken) left += 1;
    return isTaken;
  };
  const text = (blocks: readonly Block[]) => blocks.filter((block) => room.takes(0, sizeOf([block])));
  const preamble = text(document.preamble);
  const closing = text(document.closing);
  const themes = document.themes.map((theme) => ({ ...theme, recommendations: theme.recommendations.filter(fits) }));
  const parkingLot = document.parkingLot.filter(fits);
  const notes = text(document.notes);
  if (!room.isFull) return { document, left: 0, isCut: false };
  return { document: { ...document, preamble, themes, closing, parkingLot, notes }, left, isCut: true };
}
