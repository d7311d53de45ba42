import type { Item } from '#domain/board/board.ts';
import type { ItemId, SeatId, ThemeId } from '#domain/ids.ts';
import { textOfBlocks } from '#domain/languages/text.ts';
import type { BoardDesk } from './board-desk.svelte.ts';
import { firstWords } from './first-words.ts';
import type { Author } from './other-hands.ts';
import { whereaboutsOf } from './whereabouts.ts';

type Desk = Pick<BoardDesk, 'session' | 'kept' | 'presence' | 'nameOf' | 't'>;

const CALLED = 40; // characters of an item's words in a sentence

/** What items, themes and people are called in sentences. */
export class BoardNames {
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** `2.1`, or the words for an idea without a theme. */
  numberOf(item: ItemId): string {
    const { session, t } = this.#desk;
    const root = whereaboutsOf(session.board, item)?.root.id ?? item;
    const place = session.place(root);
    if (!place) return '';
    return place.theme ? place.number : t('board.ideaNumber', { number: place.number });
  }

  /** The item in a sentence: its number and its first words. */
  callOf(id: ItemId): string {
    const { session, kept, t } = this.#desk;
    if (kept.of(id)) return t('board.keptHere');
    const item = session.item(id);
    const words = item ? firstWords(item.blocks, CALLED) : '';
    const number = this.numberOf(id);
    return words === '' ? number : t('board.called', { number, words });
  }

  /** What the item is called at the head of its dialog, and with its words by screen readers. */
  labelOf(item: ItemId): string {
    const { session, kept, t } = this.#desk;
    if (kept.of(item)) return t('board.keptHere');
    const place = session.place(item);
    return t(place?.theme ? 'board.item' : 'board.ideaItem', { number: place?.number ?? '' });
  }

  /** The first words, for lists of items. */
  wordsOf(item: Item): string {
    return textOfBlocks(item.blocks).trim() || this.#desk.t('board.noText');
  }

  /** A theme's title, or the words for none. */
  titleOf(theme: ThemeId | null): string {
    const { session, t } = this.#desk;
    return session.board.themes.find(({ id }) => id === theme)?.title.text ?? t('board.loose');
  }

  seatOf(by: Author | null): SeatId | null {
    return by && (this.#desk.presence.seatOf(by.client) ?? (by.seat as SeatId | null));
  }

  /** Who it was, or the words for nobody known. */
  authorOf(by: Author | null): string {
    const seat = this.seatOf(by);
    return (seat && this.#desk.nameOf(seat)) ?? this.#desk.t('board.somebody');
  }
}
