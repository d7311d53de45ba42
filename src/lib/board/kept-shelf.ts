import type { ItemId, SeatId, ThemeId } from '#domain/ids.ts';
import { isLanguage } from '#domain/languages/language.ts';
import { textOfBlocks } from '#domain/languages/text.ts';
import { pageStorage } from '#lib/sync/page-storage.ts';
import type { KeptItem } from './kept-items.svelte.ts';
import { paragraphsOf } from './paragraphs.ts';

const PREFIX = 'kept:';

/** Where this device keeps, over a reload, what others took away while this seat wrote in it: words and place. */
export class KeptShelf {
  readonly #key: string;

  constructor(seat: SeatId, document: string) {
    this.#key = `${PREFIX}${seat}/${document}`;
  }

  put(all: readonly KeptItem[]): void {
    // what is late is a draft, and kept as such
    const lines = all.flatMap(({ item, isLate, ...place }) =>
      isLate
        ? []
        : [{ ...place, id: item.id, writer: item.by, at: item.at, lang: item.lang, text: textOfBlocks(item.blocks) }],
    );
    try {
      if (lines.length === 0) pageStorage().removeItem(this.#key);
      else pageStorage().setItem(this.#key, JSON.stringify(lines));
    } catch {
      // Forbidden, or full: they stay as long as the page.
    }
  }

  take(): readonly KeptItem[] {
    try {
      const lines = JSON.parse(pageStorage().getItem(this.#key) ?? '[]') as unknown;
      return Array.isArray(lines) ? lines.flatMap((line) => keptOf(line as Record<string, unknown> | null) ?? []) : [];
    } catch {
      return [];
    }
  }
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
