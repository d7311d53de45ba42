import type { Item } from '#domain/board/board.ts';
import type { ItemId } from '#domain/ids.ts';
import type { BoardDesk } from './board-desk.svelte.ts';
import { whereaboutsOf } from './whereabouts.ts';

type Desk = Pick<BoardDesk, 'session' | 'board' | 'guide'>;

/** Which item's comments are open, and which one's dialog of deeds. */
export class ItemPanels {
  readonly #desk: Desk;
  #commentsOf = $state<ItemId | null>(null);
  #actingOn = $state<ItemId | null>(null);

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  get commentsOf(): Item | undefined {
    return this.#commentsOf === null ? undefined : whereaboutsOf(this.#desk.board, this.#commentsOf)?.item;
  }
  get actingOn(): Item | undefined {
    return this.#actingOn === null ? undefined : this.#desk.session.item(this.#actingOn);
  }

  showComments(item: ItemId | null): void {
    this.#commentsOf = item;
  }

  act(item: ItemId): void {
    this.#actingOn = item;
  }

  /** The focus goes back to the item. */
  endActing(): void {
    const item = this.#actingOn;
    this.#actingOn = null;
    if (item !== null) void this.#desk.guide.focus(item);
  }

  /** Another deed with the item begins. */
  giveWay(): void {
    this.#actingOn = null;
  }
}
