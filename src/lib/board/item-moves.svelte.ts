import type { ItemId } from '#domain/ids.ts';
import type { BoardDesk } from './board-desk.svelte.ts';
import { placeDown, placeUp, type Target } from './places.ts';

type Desk = Pick<BoardDesk, 'session' | 'canWrite' | 'names' | 'voice' | 'guide' | 't'>;

/** Items change places. */
export class ItemMoves {
  readonly #desk: Desk;
  #dropTarget = $state.raw<Target | null>(null);

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Where what is being dragged would land. */
  get dropTarget(): Target | null {
    return this.#dropTarget;
  }

  aim(target: Target | null): void {
    const now = this.#dropTarget;
    if (now?.theme !== target?.theme || now?.before !== target?.before) this.#dropTarget = target;
  }

  up(item: ItemId): void {
    this.to(item, placeUp(this.#desk.session.board, item));
  }

  down(item: ItemId): void {
    this.to(item, placeDown(this.#desk.session.board, item));
  }

  to(item: ItemId, target: Target | null): void {
    const { session, canWrite, names, voice, guide, t } = this.#desk;
    if (!canWrite) return;
    if (!target) return voice.say(t('board.cannotMove'));
    session.move(item, target);
    const place = session.place(item);
    const theme = names.titleOf(target.theme);
    if (place) voice.say(t('board.moved', { place: place.index + 1, count: place.count, theme }));
    void guide.focus(item);
  }
}
