import * as decoding from 'lib0/decoding';
import { encodeAwarenessUpdate, type Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { DocumentName } from '#protocol/document-name.ts';
import {
  CLOSE,
  DURABLE,
  HELLO,
  REFUSED,
  SYNC,
  SYNC_STEP_1,
  encodeAwareness,
  encodeStep1,
  encodeStep2,
  readDurable,
  readHello,
  readRefused,
  type Hello,
  type RefusalCode,
} from '#protocol/sync.ts';
import type { Acknowledgements } from './acknowledgements.ts';
import { countingSocket, type SentCounts } from './counting-socket.ts';
import type { KnownClocks } from './known-clocks.ts';
import type { WayChooser } from './way-chooser.ts';

const CURSOR_WINDOW = 60; // ms in which own cursor moves gather
const LARGEST_PIECE = 64_000; // bytes: on a slow network each brings a receipt before anybody doubts the socket
const OPENS_WITHIN = 8_000; // ms; browsers themselves wait for minutes, and let one socket at a time knock at a server
const OPENS_WITHIN_MORE = 2_000; // ms for each try that came to nothing: the network may only be slow
const MORE_MOST = 4; // times
const FIRST_WORD = 6_000; // ms for a hello on an open socket: it is the first thing the server says, and small
const FINAL = new Set<number>([CLOSE.malformed, CLOSE.tooLarge]); // what was refused would be sent and refused again

/** What a connection hears of its provider. */
export interface ProviderEvents {
  /** Something may count differently now. */
  counted(): void;
  /** The server has said something, of whatever kind. */
  heard(): void;
  /** A receipt came. */
  progressed(): void;
  greeted(hello: Hello): void;
  refused(code: RefusalCode): void;
  synced(isSynced: boolean): void;
  away(): void;
  /** A socket was closed before it had opened: so many in a row. No network, no server, or the server does not let this seat in. */
  turnedAway(times: number): void;
  /** For good. */
  closed(code: number): void;
  /** Frames go over plain requests from now on, or by a WebSocket again. */
  slowed(isSlow: boolean): void;
}

export interface ProviderParts {
  readonly url: string;
  readonly document: DocumentName;
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  readonly acknowledgements: Acknowledgements;
  readonly known: KnownClocks;
  /** Of the document that this copy belongs to; null while nobody has told. */
  readonly lineage: string | null;
  /** Words are in the document that the server is not known to have. */
  readonly hasWords: () => boolean;
  readonly events: ProviderEvents;
}

/** y-websocket's provider, made to count what it sends, to know what has arrived, and to send nothing that nobody asked for. */
export class SyncProvider {
  readonly #parts: ProviderParts;
  readonly #provider: WebsocketProvider;
  #lineage: string | null;
  #isGreeted = false;
  #hasOpened = false;
  #timesTurnedAway = 0;
  #largestFrame = LARGEST_PIECE;
  #cursorTimer: ReturnType<typeof setTimeout> | null = null;
  #helloTimer: ReturnType<typeof setTimeout> | null = null;
  /** Sockets in a row that brought nothing. */
  #fruitless = 0;
  #hasBrought = false;
  #chooser: WayChooser | null = null;
  #isDestroyed = false;

  constructor(parts: ProviderParts) {
    const { url, document, doc, awareness } = parts;
    this.#parts = parts;
    this.#lineage = parts.lineage;
    this.#provider = new WebsocketProvider(url, document, doc, {
      awareness,
      connect: false,
      disableBc: true,
      params: this.#params,
      maxBackoffTime: backoff(),
      WebSocketPolyfill: this.#counting(WebSocket),
      shouldReconnect: ({ code }) => !FINAL.has(code) && !(code >= 4400 && code < 4500),
    });
    // who listens to the document is called by `send`, in an order that is right for each edit
    doc.off('update', this.#provider._updateHandler);
    // the provider would send everybody's state back to the server with every change of anybody
    awareness.off('update', this.#provider._awarenessUpdateHandler);
    awareness.on('update', this.#onAwareness);
    this.#handleMessages();
    this.#provider.on('sync', (isSynced: boolean) => {
      if (isSynced) this.#brought();
      parts.events.synced(isSynced);
    });
    this.#provider.on('connection-close', (event) => {
      this.#isGreeted = false;
      this.#lost();
      this.#provider.maxBackoffTime = backoff(); // read right after this event: clients do not come back in step
      parts.events.away();
      this.#timesTurnedAway = this.#hasOpened ? 0 : this.#timesTurnedAway + 1;
      this.#hasOpened = false;
      if (event && this.#timesTurnedAway > 0) parts.events.turnedAway(this.#timesTurnedAway);
    });
    this.#provider.on('closed', ({ code }) => parts.events.closed(code));
  }

  get isConnected(): boolean {
    return this.#provider.wsconnected;
  }
  /** This socket's hello has come. */
  get isGreeted(): boolean {
    return this.#isGreeted;
  }

  connect(): void {
    this.#provider.connect();
  }

  /** Knocks no more. */
  stop(): void {
    this.#provider.disconnect();
  }

  reconnect(): void {
    if (!this.#provider.shouldConnect) return;
    this.#provider.disconnect();
    this.#provider.connect();
  }

  destroy(): void {
    this.#isDestroyed = true;
    this.#chooser?.stop();
    if (this.#helloTimer) clearTimeout(this.#helloTimer);
    if (this.#cursorTimer) clearTimeout(this.#cursorTimer);
    this.#parts.awareness.off('update', this.#onAwareness);
    this.#provider.destroy();
  }

  /** Whether an update of the document came from the server. */
  isFromServer(origin: unknown): boolean {
    return origin === this.#provider;
  }

  /** Sends an update of the document, unless it came from the server itself. */
  send(update: Uint8Array, origin: unknown): void {
    this.#provider._updateHandler(update, origin);
  }

  /** A new exchange on the open socket, `whole` with all that the server is not known to have. */
  ask(whole: boolean): void {
    if (!this.isConnected) return;
    const { doc, known } = this.#parts;
    this.#sendFrame(encodeStep1(Y.encodeStateVector(doc)));
    if (whole) this.#sendFrame(encodeStep2(Y.encodeStateAsUpdate(doc, known.encoded() ?? undefined)));
  }

  /** Unless the server says something before. */
  #giveUpAfter(ms: number): void {
    if (this.#helloTimer) clearTimeout(this.#helloTimer);
    this.#helloTimer = setTimeout(() => this.reconnect(), ms);
  }

  #brought(): void {
    this.#hasBrought = true;
    this.#fruitless = 0;
    this.#chooser?.worked();
  }

  /** Once may be chance. After that somebody looks whether it is the network, and whether there is another way. */
  #lost(): void {
    if (this.#helloTimer) clearTimeout(this.#helloTimer);
    if (this.#isDestroyed) return;
    this.#fruitless = this.#hasBrought ? 0 : this.#fruitless + 1;
    this.#hasBrought = false;
    if (this.#fruitless > 1) void this.#lookForAnotherWay();
  }

  async #lookForAnotherWay(): Promise<void> {
    if (!this.#chooser) {
      const code = await import('./way-chooser.ts').catch(() => null); // without a network there is no other way either
      if (!code || this.#isDestroyed) return;
      this.#chooser ??= new code.WayChooser({ url: () => this.#provider.url, take: (way) => this.#takeWay(way) });
    }
    await this.#chooser.failed();
  }

  #takeWay(way: typeof WebSocket | null): void {
    this.#fruitless = 0;
    this.#hasBrought = true; // whatever it was good for, it is left on purpose
    this.#provider._WS = this.#counting(way ?? WebSocket);
    this.#parts.events.slowed(way !== null);
    this.reconnect();
  }

  #counting(way: typeof WebSocket): typeof WebSocket {
    return countingSocket(way, this.#sentCounts());
  }

  get #params(): Record<string, string> {
    return this.#lineage === null ? {} : { lineage: this.#lineage };
  }

  #handleMessages(): void {
    const { acknowledgements, known, events, hasWords } = this.#parts;
    const handlers = this.#provider.messageHandlers;
    const sync = handlers[SYNC]!;
    handlers[SYNC] = (encoder, decoder, ...rest) => {
      const { type, bytes } = syncMessageIn(decoder);
      if (type === SYNC_STEP_1) known.told(bytes);
      else known.has(bytes);
      sync(encoder, decoder, ...rest);
      events.counted();
    };
    handlers[DURABLE] = (_encoder, decoder) => {
      for (const frame of acknowledgements.durable(readDurable(decoder).frames)) known.has(updateIn(frame));
      events.progressed();
      events.counted();
    };
    handlers[REFUSED] = (_encoder, decoder) => {
      const { frame, code } = readRefused(decoder);
      acknowledgements.refused(frame, code, hasWords());
      events.counted();
      events.refused(code);
    };
    handlers[HELLO] = (_encoder, decoder) => {
      const hello = readHello(decoder);
      this.#isGreeted = true;
      if (this.#helloTimer) clearTimeout(this.#helloTimer);
      this.#largestFrame = hello.maxFrame;
      const isOurs = this.#lineage === null || this.#lineage === hello.lineage; // else the server closes with 4409 next
      if (isOurs) this.#lineage = hello.lineage;
      this.#provider.params = this.#params;
      events.greeted(hello);
    };
  }

  readonly #onAwareness = (_change: unknown, origin: unknown) => {
    if (origin === 'local') this.#cursorTimer ??= setTimeout(() => this.#sendOwnState(), CURSOR_WINDOW);
  };

  #sendOwnState(): void {
    this.#cursorTimer = null;
    const { awareness } = this.#parts;
    if (!this.isConnected || awareness.getLocalState() === null) return;
    this.#sendFrame(encodeAwareness(encodeAwarenessUpdate(awareness, [awareness.clientID])));
  }

  #sendFrame(frame: Uint8Array): void {
    this.#provider.ws?.send(frame as Uint8Array<ArrayBuffer>);
  }

  #sentCounts(): SentCounts {
    const { acknowledgements, events } = this.#parts;
    return {
      limits: () => ({ frame: this.#largestFrame, piece: Math.min(this.#largestFrame, LARGEST_PIECE) }),
      knocked: () => this.#giveUpAfter(OPENS_WITHIN + OPENS_WITHIN_MORE * Math.min(this.#timesTurnedAway, MORE_MOST)),
      opened: () => {
        this.#hasOpened = true;
        this.#giveUpAfter(FIRST_WORD);
        acknowledgements.opened();
        events.counted();
      },
      heard: () => events.heard(),
      carriedBy: (frame) => acknowledgements.carriedBy(frame),
      sent: (frame, carried) => {
        acknowledgements.sent(frame, carried);
        events.counted();
      },
    };
  }
}

/** Of a sync message that is about to be read. */
function syncMessageIn(decoder: decoding.Decoder): { type: number; bytes: Uint8Array } {
  const ahead = decoding.clone(decoder);
  return { type: decoding.readVarUint(ahead), bytes: decoding.readVarUint8Array(ahead) };
}

/** Of a frame that was sent. */
function updateIn(frame: Uint8Array): Uint8Array {
  const decoder = decoding.createDecoder(frame);
  decoding.readVarUint(decoder);
  return syncMessageIn(decoder).bytes;
}

const backoff = () => 1_500 + Math.random() * 1_000; // ms
