import type { Item } from '#domain/board/board.ts';
import type { ItemId } from '#domain/ids.ts';
import type { BoardDesk } from './board-desk.svelte.ts';

type Desk = Pick<BoardDesk, 'session' | 'canWrite' | 'names' | 'voice' | 'guide' | 'writing' | 'panels' | 't'>;

/** Deletes items, and asks first where somebody writes. */
export class ItemRemoval {
  readonly #desk: Desk;
  #asked = $state<ItemId | null>(null);

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** The item that is to be deleted although somebody writes in it. */
  get asked(): Item | undefined {
    return this.#asked === null ? undefined : this.#desk.session.item(this.#asked);
  }

  ask(item: ItemId): void {
    const { session, canWrite, writing, panels } = this.#desk;
    const found = session.item(item);
    if (!canWrite || !found) return;
    if (writing.othersIn(found).length === 0) return this.remove(item);
    panels.giveWay();
    this.#asked = item;
  }

  remove(item: ItemId): void {
    const { session, canWrite, names, voice, guide, panels, t } = this.#desk;
    if (!canWrite || !session.item(item)) return;
    this.#asked = null;
    const number = names.callOf(item);
    panels.giveWay();
    voice.regret(t('board.removed', { number }), session.remove(item), () => guide.focus(item));
  }

  end(): void {
    const item = this.#asked;
    this.#asked = null;
    if (item) void this.#desk.guide.focus(item);
  }
}
