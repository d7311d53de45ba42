import type { Board, Item } from '#domain/board/board.ts';
import type { ItemId, ThemeId } from '#domain/ids.ts';

/** Where an item stands: in a theme or, with null, in none; `index` from 0 among `count`. */
export interface Place {
  readonly theme: ThemeId | null;
  readonly index: number;
  readonly count: number;
  /** `2.1` within the second theme; `1`, `2` … without a theme. */
  readonly number: string;
}

/** Where a move goes: into a theme, before another item there or (null) last. */
export interface Target {
  readonly theme: ThemeId | null;
  readonly before: ItemId | null;
}

interface Section {
  readonly theme: ThemeId | null;
  readonly items: readonly Item[];
}

/** The themes in order, and behind them what has no theme. */
const sectionsOf = (board: Board): Section[] => [
  ...board.themes.map(({ id, items }) => ({ theme: id, items })),
  { theme: null, items: board.loose },
];

export function placesOf(board: Board): Map<ItemId, Place> {
  return new Map(
    sectionsOf(board).flatMap(({ theme, items }, section) =>
      items.map(({ id }, index): [ItemId, Place] => [
        id,
        { theme, index, count: items.length, number: theme === null ? `${index + 1}` : `${section + 1}.${index + 1}` },
      ]),
    ),
  );
}

/** The next place up: before the item above, or last in the section above. Null at the very top. */
export function placeUp(board: Board, item: ItemId): Target | null {
  const sections = sectionsOf(board);
  const [section, index] = find(sections, item);
  const here = sections[section];
  if (!here) return null;
  if (index > 0) return { theme: here.theme, before: here.items[index - 1]?.id ?? null };
  const above = sections[section - 1];
  return above ? { theme: above.theme, before: null } : null;
}

/** The next place down: behind the item below, or first in the section below. Null at the very bottom. */
export function placeDown(board: Board, item: ItemId): Target | null {
  const sections = sectionsOf(board);
  const [section, index] = find(sections, item);
  const here = sections[section];
  if (!here) return null;
  if (index < here.items.length - 1) return { theme: here.theme, before: here.items[index + 2]?.id ?? null };
  const below = sections[section + 1];
  return below ? { theme: below.theme, before: below.items[0]?.id ?? null } : null;
}

/** Before which theme a theme stands after one step; undefined when there is no step to take. */
export function themeStep(board: Board, theme: ThemeId, by: -1 | 1): ThemeId | null | undefined {
  const index = board.themes.findIndex(({ id }) => id === theme);
  if (index < 0 || !board.themes[index + by]) return undefined;
  return board.themes[by < 0 ? index - 1 : index + 2]?.id ?? null;
}

/** All items on show, from the top. */
export const itemsInOrder = (board: Board): Item[] => sectionsOf(board).flatMap(({ items }) => items);

function find(sections: readonly Section[], item: ItemId): [section: number, index: number] {
  const section = sections.findIndex(({ items }) => items.some(({ id }) => id === item));
  return [section, sections[section]?.items.findIndex(({ id }) => id === item) ?? -1];
}
