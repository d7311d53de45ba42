import { tick } from 'svelte';
import type { ItemId, ThemeId } from '#domain/ids.ts';
import { Arrival } from './arrival.svelte.ts';
import type { BoardDesk } from './board-desk.svelte.ts';
import { domIdOf } from './dom-id.ts';
import { itemsInOrder } from './places.ts';
import { whereaboutsOf } from './whereabouts.ts';

type Desk = Pick<BoardDesk, 'board' | 'voice'>;

const SHOWN = 2_000; // ms

/** Leads eyes and focus to places on the board. */
export class BoardGuide {
  /** What was added from here last. */
  readonly arrival = new Arrival();
  readonly #desk: Desk;
  #shown = $state<ItemId | ThemeId | null>(null);
  #chosen = $state<ItemId | null>(null);

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** The item that was tapped or has the focus: what can be done with it stands below it. */
  get chosen(): ItemId | null {
    return this.#chosen;
  }
  /** Where something just happened that may be out of sight. */
  get shown(): ItemId | ThemeId | null {
    return this.#shown;
  }

  choose(item: ItemId): void {
    this.#chosen = item;
  }

  async focus(item: ItemId): Promise<void> {
    await tick();
    document.getElementById(domIdOf(this.#rootOf(item)))?.focus();
  }

  /** To the item above or below in reading order. */
  focusNext(item: ItemId, by: -1 | 1): void {
    const items = itemsInOrder(this.#desk.board);
    const next = items[items.findIndex(({ id }) => id === item) + by];
    if (next) void this.focus(next.id);
  }

  async focusTheme(theme: ThemeId): Promise<void> {
    await tick();
    document.getElementById(domIdOf(theme))?.querySelector<HTMLElement>('h2 button')?.focus();
  }

  focusIdea(): void {
    document.querySelector<HTMLElement>('main .below :is(textarea, [contenteditable=true])')?.focus();
  }

  /** Says and shows that something was added, and where. */
  added(id: ItemId | ThemeId, text: string): void {
    this.#desk.voice.say(text);
    void this.arrival.tell(id, domIdOf(id), text);
  }

  async show(id: ItemId | ThemeId): Promise<void> {
    await tick();
    const root = this.#rootOf(id);
    this.#shown = root;
    document.getElementById(domIdOf(root))?.scrollIntoView({ block: 'nearest' });
    setTimeout(() => {
      if (this.#shown === root) this.#shown = null;
    }, SHOWN);
  }

  /** What was merged into another item is shown there. */
  #rootOf(id: ItemId | ThemeId): ItemId | ThemeId {
    return whereaboutsOf(this.#desk.board, id as ItemId)?.root.id ?? id;
  }
}
