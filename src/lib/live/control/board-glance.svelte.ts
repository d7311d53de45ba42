import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { Item } from '#domain/board/board.ts';
import { textOfBlocks, type Text } from '#domain/languages/text.ts';
import { readBoard } from '#protocol/board/read.ts';
import { DURABLE, HELLO, REFUSED } from '#protocol/sync.ts';
import { Arrivals } from './arrivals.ts';

export interface Glance {
  readonly themes: number;
  readonly ideas: number;
  /** There are more, of which a board shows none. */
  readonly hasMore: boolean;
  /** The newest idea with words in it; `at` by the server's clock, as it was seen to come. */
  readonly last: (Text & { readonly at: number }) | null;
}

const PAUSE = 500; // ms; seven people typing must not read the board seven times a second
const ON_ITS_WAY = 2_000; // ms, with the pause before a look

/** Watches a room's board from the control room: reads only, and is not seen as sitting there. */
export class BoardGlance {
  readonly #doc = new Y.Doc();
  readonly #now: () => number;
  readonly #arrivals = new Arrivals();
  /** Whether everything that came since the last look was seen to come. */
  #isWatched = false;
  readonly #provider: WebsocketProvider;
  #seen = $state.raw<Glance | null>(null);
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** `now`: the server's time. */
  constructor(document: string, now: () => number) {
    this.#now = now;
    const { protocol, host } = window.location;
    const server = `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/sync`;
    this.#provider = new WebsocketProvider(server, document, this.#doc, { disableBc: true, connect: false });
    this.#provider.awareness.setLocalState(null);
    // Nothing is ever written from here; without a handler y-websocket complains about each of these.
    for (const type of [DURABLE, HELLO, REFUSED]) this.#provider.messageHandlers[type] = () => undefined;
    const soon = () => (this.#timer ??= setTimeout(() => this.#look(), PAUSE));
    // What the board holds comes right behind the answer: before that, it would be said to hold nothing.
    this.#provider.on('sync', soon);
    this.#doc.on('update', soon);
    this.#provider.on('connection-close', () => (this.#isWatched = false));
  }

  /** Null until the board was read once. */
  get seen(): Glance | null {
    return this.#seen;
  }

  connect(): void {
    this.#provider.connect();
  }

  destroy(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#provider.destroy();
    this.#doc.destroy();
  }

  #look(): void {
    this.#timer = null;
    const board = readBoard(this.#doc);
    const items = [...board.themes.flatMap((theme) => theme.items), ...board.loose].flatMap(withMerged);
    const worded = items.filter((item) => textOfBlocks(item.blocks).trim() !== '');
    const now = this.#now();
    if (this.#isWatched) this.#arrivals.see(worded, now, now - ON_ITS_WAY);
    else this.#arrivals.see(worded, now);
    this.#isWatched = this.#provider.synced;
    const cameAt = ({ id }: Item) => this.#arrivals.of(id);
    const newest = worded.reduce<Item | null>(
      (last, item) => (last && cameAt(last) >= cameAt(item) ? last : item),
      null,
    );
    this.#seen = {
      themes: board.themes.length,
      ideas: worded.length,
      hasMore: (board.beyond?.items ?? 0) > 0,
      last: newest && { text: textOfBlocks(newest.blocks), lang: newest.lang, at: cameAt(newest) },
    };
  }
}

const withMerged = (item: Item): Item[] => [item, ...item.merged.flatMap(withMerged)];
