import type { ItemId, SeatId, ThemeId } from '#domain/ids.ts';
import { isLanguage } from '#domain/languages/language.ts';
import { textOfBlocks } from '#domain/languages/text.ts';
import { pageStorage, type PageStorage } from '#lib/sync/page-storage.ts';
import type { KeptItem } from './kept-items.svelte.ts';
import { paragraphsOf } from './paragraphs.ts';

/** Before the seat and the board in the name of what is kept. */
export const KEPT = 'kept:';

/** Where this device keeps, over a reload, what others took away while this seat wrote in it: words and place. */
export class KeptShelf {
  readonly #key: string;

  constructor(seat: SeatId, document: string) {
    this.#key = `${KEPT}${seat}/${document}`;
  }

  put(all: readonly KeptItem[]): void {
    // what is late is a draft, and kept as such
    const lines = all.flatMap(({ item, isLate, ...place }) =>
      isLate
        ? []
        : [{ ...place, id: item.id, writer: item.by, at: item.at, lang: item.lang, text: textOfBlocks(item.blocks) }],
    );
    try {
      putLines(this.#key, lines, pageStorage());
    } catch {
      // Forbidden, or full: they stay as long as the page.
    }
  }

  take(): readonly KeptItem[] {
    return linesAt(this.#key, pageStorage()).flatMap((line) => keptOf(line as Record<string, unknown> | null) ?? []);
  }
}

/** What cannot be read is nothing. */
export function linesAt(key: string, storage: PageStorage): unknown[] {
  try {
    const lines = JSON.parse(storage.getItem(key) ?? '[]') as unknown;
    return Array.isArray(lines) ? lines : [];
  } catch {
    return [];
  }
}

export function putLines(key: string, lines: readonly unknown[], storage: PageStorage): void {
  if (lines.length === 0) storage.removeItem(key);
  else storage.setItem(key, JSON.stringify(lines));
}

function keptOf(line: Record<string, unknown> | null): KeptItem | null {
  const { id, text, lang, writer, at, theme, above, by, isOverwritten } = line ?? {};
  if (typeof id !== 'string' || typeof text !== 'string' || typeof writer !== 'string' || !isLanguage(lang))
    return null;
  return {
    item: {
      id: id as ItemId,
      by: writer as SeatId,
      at: typeof at === 'number' ? at : 0,
      lang,
      blocks: paragraphsOf(text, lang),
      comments: [],
      reactions: {},
      merged: [],
    },
    theme: idOrNull<ThemeId>(theme),
    above: idOrNull<ItemId>(above),
    by: idOrNull<SeatId>(by),
    ...(isOverwritten === true && { isOverwritten }),
  };
}

const idOrNull = <Id extends string>(value: unknown): Id | null => (typeof value === 'string' ? (value as Id) : null);
