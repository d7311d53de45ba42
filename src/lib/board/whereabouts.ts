import type { Board, Item } from '#domain/board/board.ts';
import type { ItemId, ThemeId } from '#domain/ids.ts';

/** Where an item is shown, also one that was merged into another. */
export interface Whereabouts {
  readonly item: Item;
  /** The item in the list: itself, or the one that it was merged into. */
  readonly root: Item;
  readonly theme: ThemeId | null;
  readonly list: readonly Item[];
  /** Behind which item its root stands; null for the first. */
  readonly above: ItemId | null;
}

export function whereaboutsOf(board: Board, id: ItemId): Whereabouts | null {
  for (const { theme, list } of listsOf(board)) {
    for (const [index, root] of list.entries()) {
      const item = root.id === id ? root : root.merged.find((merged) => merged.id === id);
      if (item) return { item, root, theme, list, above: list[index - 1]?.id ?? null };
    }
  }
  return null;
}

/** Whether an item on show has to change places in the page, or what it lies in. */
export function doesMove(before: Board, now: Board, id: ItemId): boolean {
  const [was, is] = [whereaboutsOf(before, id), whereaboutsOf(now, id)];
  if (!was || !is) return was !== is;
  if (was.theme !== is.theme || was.root.id !== is.root.id) return true;
  if (!haveSameOrder(was.list, is.list)) return true;
  if (!haveSameOrder(was.root.merged, is.root.merged)) return true;
  return was.theme !== null && !haveSameOrder(before.themes, now.themes);
}

const listsOf = (board: Board): { theme: ThemeId | null; list: readonly Item[] }[] => [
  ...board.themes.map(({ id, items }) => ({ theme: id, list: items })),
  { theme: null, list: board.loose },
];

/** What both have, in one order: what comes between or goes moves nothing else. */
function haveSameOrder(before: readonly { id: string }[], now: readonly { id: string }[]): boolean {
  if (before === now) return true;
  const there = new Set(before.map(({ id }) => id));
  const left = new Set(now.map(({ id }) => id));
  const [old, next] = [before.filter(({ id }) => left.has(id)), now.filter(({ id }) => there.has(id))];
  return old.every(({ id }, index) => id === next[index]?.id);
}
