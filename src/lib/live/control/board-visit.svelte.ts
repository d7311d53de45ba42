import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { DURABLE, HELLO, REFUSED } from '#protocol/sync.ts';

/** Reads a room's board along: nothing is ever written from here. */
export class BoardVisit {
  readonly doc = new Y.Doc();
  readonly #provider: WebsocketProvider;
  #isRead = $state(false);
  #isAway = $state(false);

  /** `isSeen`: who sits there sees who looks in. */
  constructor(document: string, { isSeen }: { readonly isSeen: boolean } = { isSeen: true }) {
    const { protocol, host } = window.location;
    const server = `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/sync`;
    const { doc } = this;
    this.#provider = new WebsocketProvider(server, document, doc, { disableBc: true, connect: false });
    const { awareness } = this.#provider;
    if (!isSeen) awareness.setLocalState(null);
    // That one is here is said once a connection; the provider would send everybody’s state back with every change of anybody.
    awareness.off('update', this.#provider._awarenessUpdateHandler);
    doc.off('update', this.#provider._updateHandler);
    for (const type of [DURABLE, HELLO, REFUSED]) this.#provider.messageHandlers[type] = () => undefined;
    this.#provider.on('sync', (isSynced: boolean) => (this.#isRead ||= isSynced));
    this.#provider.on('status', ({ status }) => (this.#isAway = this.#isRead && status !== 'connected'));
    this.#provider.connect();
  }

  /** What the board holds has come. */
  get isRead(): boolean {
    return this.#isRead;
  }
  /** The board is as it was when the connection went. */
  get isAway(): boolean {
    return this.#isAway;
  }

  destroy(): void {
    this.#provider.destroy();
    this.doc.destroy();
  }
}
