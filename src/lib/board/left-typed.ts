import type { SeatId } from '#domain/ids.ts';
import type { PageStorage } from '#lib/sync/page-storage.ts';
import { TYPED } from './kept-field.svelte.ts';
import { KEPT, linesAt, putLines } from './kept-shelf.ts';

/** Words that this device has of a seat for a board where it does not find them any more. */
export interface LeftText {
  readonly key: string;
  readonly text: string;
  readonly forget: () => void;
}

/** The board of a field, when its key says so. */
const BOARD = /^(?:board\/[^/]+|group(?:\/[^/]+){3})/;
const TITLE = 'title/';

/** What was typed and not added, and what others took away, on other boards. `isOpen`: boards on which the seat finds it itself. */
export function leftTyped(
  seat: SeatId,
  here: string,
  isOpen: (document: string) => boolean,
  storage: PageStorage,
): LeftText[] {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
  const isElsewhere = (field: string) => {
    const board = BOARD.exec(field)?.[0];
    return board === undefined || (board !== here && !isOpen(board));
  };
  const fieldOf = (key: string, prefix: string) => {
    const start = `${prefix}${seat}/`;
    return key.startsWith(start) && isElsewhere(key.slice(start.length)) ? key.slice(start.length) : undefined;
  };
  return keys.flatMap((key): LeftText[] => {
    if (fieldOf(key, TYPED) !== undefined) {
      const text = storage.getItem(key)?.trim() ?? '';
      return text === '' ? [] : [{ key, text, forget: () => storage.removeItem(key) }];
    }
    return fieldOf(key, KEPT) === undefined ? [] : onShelf(key, storage);
  });
}

/** What `KeptShelf` put there. */
function onShelf(key: string, storage: PageStorage): LeftText[] {
  return linesAt(key, storage)
    .filter(isLine)
    .map(({ id, text }) => ({
      key: `${key}/${id}`,
      text,
      forget: () => {
        const rest = linesAt(key, storage).filter((line) => isLine(line) && line.id !== id);
        putLines(key, rest, storage);
      },
    }));
}

const isLine = (line: unknown): line is { id: string; text: string } => {
  const { id, text } = (line ?? {}) as Record<string, unknown>;
  return typeof id === 'string' && typeof text === 'string' && text.trim() !== '';
};

/** An idea that stands in the field of another board by now. */
export interface Along {
  readonly to: string;
  readonly text: string;
}

/**
 * The idea that was begun on one board stands in the field of the next, when nothing else does: `before` is what this told last time, of an
 * idea that is typed on meanwhile, or whose person goes elsewhere after all. Null when nothing was taken.
 */
export function takeAlong(
  seat: SeatId,
  from: string,
  to: string,
  storage: PageStorage,
  before: Along | null = null,
): Along | null {
  const keyOf = (board: string) => `${TYPED}${seat}/${board}`;
  const at = (board: string) => storage.getItem(keyOf(board)) ?? '';
  if (before && before.to !== to && at(from) === '' && at(before.to) === before.text) {
    storage.setItem(keyOf(from), before.text);
    storage.removeItem(keyOf(before.to));
  }
  const [text, there] = [at(from), at(to)];
  if (text.trim() === '' || (there.trim() !== '' && (before?.to !== to || there !== before.text))) return null;
  storage.setItem(keyOf(to), text);
  storage.removeItem(keyOf(from));
  return { to, text };
}

/** Titles that stand in fields of their own, which go with the page. Beside those that were kept before and not taken yet. */
export function keepTitles(seat: SeatId, titles: readonly string[], storage: PageStorage): void {
  for (const title of titles) storage.setItem(`${TYPED}${seat}/${TITLE}${title}`, title);
}
