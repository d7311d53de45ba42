import type { Item } from '#domain/board/board.ts';
import type { ItemId } from '#domain/ids.ts';
import type { BoardDesk } from './board-desk.svelte.ts';

type Desk = Pick<BoardDesk, 'session' | 'canWrite' | 'names' | 'voice' | 'guide' | 'panels' | 't'>;

/** An item looks for another one to be merged into, and can be split off again. */
export class ItemMerging {
  readonly #desk: Desk;
  #item = $state<ItemId | null>(null);

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** The item that is to be merged into another one. */
  get item(): Item | undefined {
    return this.#item === null ? undefined : this.#desk.session.item(this.#item);
  }

  begin(item: ItemId): void {
    const { canWrite, names, voice, guide, panels, t } = this.#desk;
    if (!canWrite) return;
    panels.giveWay();
    this.#item = item;
    voice.say(t('board.mergeHow', { number: names.callOf(item) }));
    void guide.focus(item);
  }

  end(): void {
    const item = this.#item;
    this.#item = null;
    if (item) void this.#desk.guide.focus(item);
  }

  into(into: ItemId): void {
    const { session, names, voice, guide, t } = this.#desk;
    const from = this.#item;
    if (from === null || from === into) return;
    // Before anything moves: afterwards others have the numbers.
    const [number, target] = [names.callOf(from), names.callOf(into)];
    this.#item = null;
    if (!voice.mayWrite()) return;
    session.merge(from, into);
    const text = t('board.merged', { number, into: target });
    voice.note(text, { label: t('board.splitOff'), run: () => this.split(from) });
    void guide.focus(into);
  }

  split(item: ItemId): void {
    const { session, names, voice, guide, t } = this.#desk;
    if (!voice.mayWrite()) return;
    session.split(item);
    voice.say(t('board.splitDone', { number: names.callOf(item) }));
    void guide.focus(item);
  }
}
