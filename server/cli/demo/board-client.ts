import type { IncomingMessage } from 'node:http';
import { WebSocket as Socket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { DURABLE, HELLO, isUpdateFrame, readDurable, REFUSED } from '#protocol/sync.ts';
import type { Device } from './device.ts';

/** How a simulated person reaches the server: as a browser of this origin with this cookie, on this device. `at`: where the server is asked, if not at its origin. */
export interface Door {
  readonly origin: string;
  readonly at?: string;
  readonly cookie: string;
  readonly device: Device;
}

/** One person's connection to one board, over the real wire: a stock y-websocket client that counts acknowledgements. */
export class BoardClient {
  readonly doc = new Y.Doc();
  readonly #provider: WebsocketProvider;
  #sent = 0;
  #stored = 0;
  /** Yjs transactions made here. */
  edits = 0;
  /** Update frames that the server did not take. */
  refused = 0;

  constructor(door: Door, document: string) {
    this.#provider = new WebsocketProvider(
      `${(door.at ?? door.origin).replace(/^http/, 'ws')}/sync`,
      document,
      this.doc,
      {
        disableBc: true,
        maxBackoffTime: 2_500,
        WebSocketPolyfill: socketWith(door, {
          opened: () => (this.#sent = this.#stored = 0), // the server counts each socket's frames from 1
          sent: () => (this.#sent += 1),
        }),
      },
    );
    this.#provider.messageHandlers[DURABLE] = (_encoder, decoder) => (this.#stored = readDurable(decoder).frames);
    this.#provider.messageHandlers[REFUSED] = () => (this.refused += 1);
    this.#provider.messageHandlers[HELLO] = () => undefined; // what it may do, the live channel has told already
    this.doc.on('update', (_update: Uint8Array, origin: unknown) => {
      if (origin !== this.#provider) this.edits += 1;
    });
  }

  /** True when the server has everything of this client on disk. */
  get saved(): boolean {
    return this.#provider.wsconnected && this.#provider.synced && this.#stored >= this.#sent;
  }

  /** Edits on their way. */
  get waiting(): number {
    return this.#sent - this.#stored;
  }

  get synced(): boolean {
    return this.#provider.synced;
  }

  /** Shows others where this person is writing: in which item, at the end of which text. */
  point(item: string | null, text?: Y.XmlText): void {
    const { awareness } = this.#provider;
    const end = text && Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, text.length));
    awareness.setLocalState({ ...(item && { item }), ...(end && { cursor: { anchor: end, head: end } }) });
  }

  /** As without a network: what is written meanwhile is sent when it is back. */
  disconnect(): void {
    this.#provider.disconnect();
  }
  connect(): void {
    this.#provider.connect();
  }

  close(): void {
    this.#provider.destroy();
    this.doc.destroy();
  }
}

/** y-websocket makes its sockets by itself: a class that brings the cookie along and says what passes. */
function socketWith(door: Door, heard: { opened: () => void; sent: () => void }): typeof WebSocket {
  return class extends Socket {
    constructor(url: string | URL, protocols?: string | string[]) {
      const { cookie, origin, device } = door;
      super(url, protocols, { agent: device.agent, headers: { cookie, origin }, perMessageDeflate: false });
      heard.opened();
      this.on('unexpected-response', (_request, response: IncomingMessage) => response.resume());
    }

    override send(data: Uint8Array): void {
      if (isUpdateFrame(data)) heard.sent();
      super.send(data);
    }
  } as unknown as typeof WebSocket;
}
