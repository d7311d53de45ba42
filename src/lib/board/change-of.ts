import type { Board, Item, Theme } from '#domain/board/board.ts';
import type { ItemId, ThemeId } from '#domain/ids.ts';
import { textOfBlocks } from '#domain/languages/text.ts';
import { itemsInOrder } from './places.ts';
import { whereaboutsOf } from './whereabouts.ts';

export type ChangeKind =
  | 'back'
  | 'gone'
  | 'merged'
  | 'split'
  | 'moved'
  | 'placed'
  | 'words'
  | 'comment'
  | 'reaction'
  | 'language'
  | 'themeBack'
  | 'themeGone'
  | 'themePlaced'
  | 'themeWords';

/** What one deed changed on a board, for words about it. */
export interface Change {
  readonly kind: ChangeKind;
  /** The item or theme; where it is shown now, unless it is gone. */
  readonly id: ItemId | ThemeId;
  /** Its words, as they were or are. */
  readonly words: string;
  /** Where a moved item is now. */
  readonly theme: ThemeId | null;
}

/** Null when nothing is to be seen of it. */
export function changeOf(before: Board, after: Board): Change | null {
  return themeChange(before, after) ?? itemChange(before, after);
}

function themeChange(before: Board, after: Board): Change | null {
  const was = new Map(before.themes.map((theme) => [theme.id, theme]));
  const is = new Map(after.themes.map((theme) => [theme.id, theme]));
  const change = (kind: ChangeKind, { id, title }: Theme): Change => ({ kind, id, words: title.text, theme: id });
  for (const theme of after.themes) if (!was.has(theme.id)) return change('themeBack', theme);
  for (const theme of before.themes) if (!is.has(theme.id)) return change('themeGone', theme);
  for (const theme of after.themes) {
    if (was.get(theme.id)?.title.text !== theme.title.text) return change('themeWords', theme);
  }
  const moved = movedIn(before.themes, after.themes);
  return moved ? change('themePlaced', moved) : null;
}

function itemChange(before: Board, after: Board): Change | null {
  const was = itemsOf(before);
  const is = itemsOf(after);
  const change = (kind: ChangeKind, item: Item): Change => ({
    kind,
    id: item.id,
    words: textOfBlocks(item.blocks).trim(),
    theme: whereaboutsOf(after, item.id)?.theme ?? null,
  });
  for (const [id, { item }] of is) if (!was.has(id)) return change('back', item);
  for (const [id, { item }] of was) if (!is.has(id)) return change('gone', item);
  for (const [id, { item, root, theme }] of is) {
    const old = was.get(id)!;
    if (root !== old.root) return change(root === id ? 'split' : 'merged', item);
    if (root === id && theme !== old.theme) return change('moved', item);
  }
  for (const [id, { item }] of is) {
    const old = was.get(id)!.item;
    if (old.lang !== item.lang) return change('language', item);
    if (isOther(old.blocks, item.blocks)) return change('words', textOfBlocks(item.blocks).trim() ? item : old);
    if (isOther(old.comments, item.comments)) return change('comment', item);
    if (isOther(old.reactions, item.reactions)) return change('reaction', item);
  }
  const lists = (board: Board) => [...board.themes.map(({ items }) => items), board.loose];
  for (const [index, list] of lists(after).entries()) {
    const moved = movedIn(lists(before)[index] ?? [], list);
    if (moved) return change('placed', moved);
  }
  return null;
}

interface Found {
  readonly item: Item;
  readonly root: ItemId;
  readonly theme: ThemeId | null;
}

function itemsOf(board: Board): Map<ItemId, Found> {
  const themes = new Map(board.themes.flatMap(({ id, items }) => items.map((item) => [item.id, id] as const)));
  return new Map(
    itemsInOrder(board).flatMap((root) =>
      [root, ...root.merged].map((item) => [item.id, { item, root: root.id, theme: themes.get(root.id) ?? null }]),
    ),
  );
}

const isOther = (before: unknown, after: unknown): boolean =>
  before !== after && JSON.stringify(before) !== JSON.stringify(after);

/** The one that changed places among others: without it both are in one order. */
function movedIn<One extends { readonly id: string }>(before: readonly One[], after: readonly One[]): One | null {
  const first = after.findIndex(({ id }, index) => id !== before[index]?.id);
  if (first < 0) return null;
  // either what stands there now came from further down, or what stood there went further down
  const came = after[first]!;
  const went = after.find(({ id }) => id === before[first]?.id);
  const without = (list: readonly One[], one: One) =>
    list
      .filter(({ id }) => id !== one.id)
      .map(({ id }) => id)
      .join(' ');
  return went && without(before, went) === without(after, went) ? went : came;
}
