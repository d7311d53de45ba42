import type { ItemId, ThemeId } from '#domain/ids.ts';

/** The element of an item or a theme; also where links of the themes' list lead. */
export const domIdOf = (id: ItemId | ThemeId): string => `on-board-${id}`;
