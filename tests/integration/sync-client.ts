import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { Acknowledgements } from '#lib/sync/acknowledgements.ts';
import { AnswerWatch } from '#lib/sync/answer-watch.ts';
import { countingSocket } from '#lib/sync/counting-socket.ts';
import type { DocumentName } from '#protocol/document-name.ts';
import {
  DURABLE,
  HELLO,
  REFUSAL_CODES,
  REFUSED,
  encodeStep1,
  encodeStep2,
  readDurable,
  readHello,
  readRefused,
  type Hello,
} from '#protocol/sync.ts';

/** y-websocket as it comes, with our three message types read beside it. */
export class SyncClient {
  readonly document: DocumentName;
  readonly doc = new Y.Doc();
  readonly provider: WebsocketProvider;
  readonly acknowledgements = new Acknowledgements();
  readonly hellos: Hello[] = [];
  readonly refusals: { frame: number; code: number }[] = [];
  readonly closes: number[] = [];
  durable = 0;
  readonly #watch: AnswerWatch | null;
  /** Times that the watch asked, and gave the socket up. */
  readonly watched = { questions: 0, reconnects: 0 };

  constructor(
    url: string,
    seat: string | null,
    options: {
      document: DocumentName;
      lineage?: string;
      headers?: Record<string, string>;
      /** In place of WebSockets. */
      sockets?: typeof globalThis.WebSocket;
      /** Tells, as our own page does, which lineage it holds whenever it comes back. */
      remembersLineage?: boolean;
      /** Gives up sockets that lead nowhere, as our own page does, this many times faster. */
      watchesAt?: number;
    },
  ) {
    this.document = options.document;
    this.doc.on('update', (_update: Uint8Array, origin: unknown) => {
      if (origin !== this.provider) this.acknowledgements.edited();
      this.#watch?.look();
    });
    this.provider = new WebsocketProvider(url, options.document, this.doc, {
      disableBc: true,
      connect: false,
      params: { ...(seat && { seat }), ...(options.lineage && { lineage: options.lineage }) },
      maxBackoffTime: 200,
      WebSocketPolyfill: countingSocket(options.sockets ?? socketWith(options.headers ?? {}), {
        knocked: () => undefined,
        opened: () => {
          this.durable = 0;
          this.acknowledgements.opened();
        },
        heard: () => this.#watch?.heard(),
        limits: () => ({ piece: Infinity, frame: Infinity }),
        carriedBy: (frame) => this.acknowledgements.carriedBy(frame),
        sent: (frame, carried) => this.acknowledgements.sent(frame, carried),
      }),
    });
    this.provider.messageHandlers[HELLO] = (_encoder, decoder) => {
      const hello = readHello(decoder);
      this.hellos.push(hello);
      if (options.remembersLineage) this.provider.params = { ...this.provider.params, lineage: hello.lineage };
    };
    this.provider.messageHandlers[REFUSED] = (_encoder, decoder) => {
      const refusal = readRefused(decoder);
      this.refusals.push(refusal);
      this.acknowledgements.refused(refusal.frame, refusal.code);
      if (refusal.code === REFUSAL_CODES.notStored) this.#watch?.deferred();
    };
    this.provider.messageHandlers[DURABLE] = (_encoder, decoder) => {
      this.durable = readDurable(decoder).frames;
      this.acknowledgements.durable(this.durable);
      this.#watch?.progressed();
      this.#watch?.look();
    };
    this.provider.on('sync', () => this.#watch?.look());
    this.provider.on('connection-close', (event) => {
      this.#watch?.rest();
      if (event) this.closes.push(event.code);
    });
    this.provider.on('connection-error', () => undefined);
    this.#watch = options.watchesAt === undefined ? null : this.#watching(options.watchesAt);
    this.provider.connect();
  }

  get text(): Y.Text {
    return this.doc.getText('text');
  }

  get content(): string {
    return this.text.toString();
  }

  /** Connected, and everything sent so far is acknowledged. */
  get isSaved(): boolean {
    return this.provider.synced && this.acknowledgements.isSettled && this.acknowledgements.unsaved === 0;
  }

  write(text: string): void {
    this.text.insert(this.text.length, text);
  }

  destroy(): void {
    this.#watch?.rest();
    this.provider.destroy();
    this.doc.destroy();
  }

  #watching(times: number): AnswerWatch {
    const { provider, doc, acknowledgements } = this;
    return new AnswerWatch(
      {
        isOwed: () =>
          provider.wsconnected &&
          (!provider.synced ||
            doc.store.pendingStructs !== null ||
            acknowledgements.unsaved > 0 ||
            !acknowledgements.isSettled),
        isSynced: () => provider.synced,
        bytes: () => acknowledgements.waitingBytes,
        ask: () => {
          if (!provider.wsconnected) return;
          this.watched.questions += 1;
          provider.ws?.send(encodeStep1(Y.encodeStateVector(doc)) as Uint8Array<ArrayBuffer>);
          if (acknowledgements.unsaved > 0 || !acknowledgements.isSettled) {
            provider.ws?.send(encodeStep2(Y.encodeStateAsUpdate(doc)) as Uint8Array<ArrayBuffer>);
          }
        },
        reconnect: () => {
          this.watched.reconnects += 1;
          provider.disconnect();
          provider.connect();
        },
      },
      { set: (run, ms) => setTimeout(run, ms / times), clear: (timer) => clearTimeout(timer as NodeJS.Timeout) },
    );
  }
}

function socketWith(headers: Record<string, string>): typeof globalThis.WebSocket {
  const Socket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols, { headers });
    }
  };
  return Socket as unknown as typeof globalThis.WebSocket;
}
