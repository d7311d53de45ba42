import type { Board, Item } from '#domain/board/board.ts';
import type { ItemId, SeatId, ThemeId } from '#domain/ids.ts';
import { textOfBlocks, type Block } from '#domain/languages/text.ts';
import { newId } from '#lib/new-id.ts';
import type { KeptShelf } from './kept-shelf.ts';
import { itemsInOrder } from './places.ts';
import { whereaboutsOf } from './whereabouts.ts';

/** An item that somebody took away while this person wrote in it: it stands where it stood, for this person alone. */
export interface KeptItem {
  readonly item: Item;
  readonly theme: ThemeId | null;
  /** Behind which item it stands; null: first. */
  readonly above: ItemId | null;
  /** Who took it away; null: nobody knows. */
  readonly by: SeatId | null;
  /** It was never on the board: it came when writing had closed. */
  readonly isLate?: true;
  /** The item stands, with other words: a restore took these. */
  readonly isOverwritten?: true;
}

export class KeptItems {
  readonly #shelf: KeptShelf | null;
  #all = $state.raw<readonly KeptItem[]>([]);

  constructor(shelf: KeptShelf | null = null) {
    this.#shelf = shelf;
  }

  /** What this device kept over a reload; what happened since counts. */
  restore(): void {
    const known = this.#all.map(({ item }) => item.id);
    const left = this.#shelf?.take().filter(({ item }) => !known.includes(item.id)) ?? [];
    if (left.length > 0) this.#all = [...left, ...this.#all];
  }

  of(item: ItemId): KeptItem | undefined {
    return this.#all.find(({ item: { id } }) => id === item);
  }

  keep(kept: KeptItem): void {
    this.#become([...this.#all.filter(({ item }) => item.id !== kept.item.id), kept]);
  }

  reword(item: ItemId, blocks: readonly Block[]): void {
    this.#become(this.#all.map((kept) => (kept.item.id === item ? { ...kept, item: { ...kept.item, blocks } } : kept)));
  }

  drop(item: ItemId): void {
    if (this.of(item)) this.#become(this.#all.filter(({ item: { id } }) => id !== item));
  }

  dropLate(): void {
    if (this.#all.some(({ isLate }) => isLate)) this.#all = this.#all.filter(({ isLate }) => !isLate);
  }

  /** Somebody else brought an item back: words that it does not have stay kept, behind it. */
  meet(board: Board, editing: ItemId | null): void {
    if (this.#all.length === 0) return;
    for (const kept of this.#all) {
      const { id, blocks } = kept.item;
      const back = whereaboutsOf(board, id)?.item;
      if (!back || id === editing) continue;
      this.drop(id);
      if (textOfBlocks(back.blocks) === textOfBlocks(blocks)) continue;
      const item = { ...kept.item, id: newId<ItemId>(), comments: [], reactions: {} };
      this.keep({ ...kept, item, above: id, by: null });
    }
  }

  /** The board as this person sees it. */
  on(board: Board): Board {
    let seen = board;
    for (const kept of this.#all) seen = withKept(seen, kept);
    return seen;
  }

  #become(all: readonly KeptItem[]): void {
    this.#all = all;
    this.#shelf?.put(all);
  }
}

function withKept(board: Board, { item, theme, above }: KeptItem): Board {
  const isThere = itemsInOrder(board).some(
    ({ id, merged }) => id === item.id || merged.some(({ id }) => id === item.id),
  );
  if (isThere) return board;
  const behind = (items: readonly Item[]) => items.toSpliced(items.findIndex(({ id }) => id === above) + 1, 0, item);
  const has = (items: readonly Item[]) => items.some(({ id }) => id === above);
  // its neighbour may have moved since, or its theme may be gone too
  const home =
    board.themes.find(({ id, items }) => id === theme && (above === null || has(items))) ??
    (has(board.loose)
      ? null
      : (board.themes.find(({ items }) => has(items)) ?? board.themes.find(({ id }) => id === theme)));
  if (!home) return { ...board, loose: behind(board.loose) };
  return { ...board, themes: board.themes.map((one) => (one === home ? { ...one, items: behind(one.items) } : one)) };
}
