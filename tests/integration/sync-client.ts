import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { Acknowledgements } from '#lib/sync/acknowledgements.ts';
import { countingSocket } from '#lib/sync/counting-socket.ts';
import type { DocumentName } from '#protocol/document-name.ts';
import { DURABLE, HELLO, REFUSED, readDurable, readHello, readRefused, type Hello } from '#protocol/sync.ts';

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

  constructor(
    url: string,
    seat: string | null,
    options: {
      document: DocumentName;
      lineage?: string;
      headers?: Record<string, string>;
      /** Tells, as our own page does, which lineage it holds whenever it comes back. */
      remembersLineage?: boolean;
    },
  ) {
    this.document = options.document;
    this.doc.on('update', (_update: Uint8Array, origin: unknown) => {
      if (origin !== this.provider) this.acknowledgements.edited();
    });
    this.provider = new WebsocketProvider(url, options.document, this.doc, {
      disableBc: true,
      connect: false,
      params: { ...(seat && { seat }), ...(options.lineage && { lineage: options.lineage }) },
      maxBackoffTime: 200,
      WebSocketPolyfill: countingSocket(socketWith(options.headers ?? {}), {
        opened: () => {
          this.durable = 0;
          this.acknowledgements.opened();
        },
        heard: () => undefined,
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
    };
    this.provider.messageHandlers[DURABLE] = (_encoder, decoder) => {
      this.durable = readDurable(decoder).frames;
      this.acknowledgements.durable(this.durable);
    };
    this.provider.on('connection-close', (event) => {
      if (event) this.closes.push(event.code);
    });
    this.provider.on('connection-error', () => undefined);
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
    this.provider.destroy();
    this.doc.destroy();
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
