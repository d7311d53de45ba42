import { IndexeddbPersistence, clearDocument } from 'y-indexeddb';
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { SeatId } from '#domain/ids.ts';
import type { DocumentName } from '#protocol/document-name.ts';
import {
  CLOSE,
  DURABLE,
  HELLO,
  REFUSED,
  encodeAwareness,
  readDurable,
  readHello,
  readRefused,
  type Hello,
  type RefusalCode,
} from '#protocol/sync.ts';
import { Acknowledgements } from './acknowledgements.ts';
import { countingSocket } from './counting-socket.ts';
import { KeptCopy, type DraftCopy } from './kept-copy.ts';
import { NetworkWake } from './network-wake.ts';
import { Presence } from './presence.svelte.ts';

export type ConnectionStatus = 'connecting' | 'online' | 'offline' | 'refused';

const KEPT_COPY_PATIENCE = 3_000; // ms for IndexedDB; some private windows never answer
const CURSOR_WINDOW = 60; // ms in which own cursor moves gather
const SILENCE = 25_000; // ms without a message after which a waking tab does not trust its socket; the server speaks every 20 s
const FINAL = new Set<number>([CLOSE.malformed, CLOSE.tooLarge]); // what was refused would be sent and refused again

/** One document, kept in this browser and synchronised with the server. Made in the browser only; `connect` starts it. */
export class DocumentConnection {
  readonly name: DocumentName;
  readonly presence = new Presence();
  readonly #kept: KeptCopy;
  readonly #url: string;
  readonly #network = new NetworkWake((reason) => this.#wake(reason));
  #parts: Parts | null = null;
  #acknowledgements: Acknowledgements;
  #isDestroyed = false;

  #doc: Y.Doc = $state.raw(new Y.Doc());
  #awareness: Awareness = $state.raw(new Awareness(this.#doc));
  #synced = $state(false);
  #failed = $state(false);
  #refusedWith = $state<number | null>(null);
  #hello = $state.raw<Hello | null>(null);
  #wasReadOnly = $state(true);
  #hasKeptContent = $state(false);
  #hasServerContent = $state(false);
  #unsaved = $state(0);
  #isSettled = $state(true);
  #refusal = $state<RefusalCode | null>(null);
  #drafts = $state.raw<readonly DraftCopy[]>([]);

  constructor({ document, seat, host = location.host }: { document: DocumentName; seat: SeatId; host?: string }) {
    this.name = document;
    this.#url = `${location.protocol === 'https:' ? 'wss:' : 'ws:'}//${host}/sync`;
    this.#kept = new KeptCopy(document, seat, localStorage);
    this.#acknowledgements = new Acknowledgements(this.#kept.unsaved);
    this.#drafts = this.#kept.drafts;
    this.#wasReadOnly = this.#kept.readOnly;
    this.#count();
  }

  /** Replaced by an empty one when the document was restored or reset: derive from it, do not keep it. */
  get doc(): Y.Doc {
    return this.#doc;
  }

  /** For y-prosemirror's cursors. Others' states are `{ seat, cursor?, item? }`. */
  get awareness(): Awareness {
    return this.#awareness;
  }

  get status(): ConnectionStatus {
    if (this.#refusedWith !== null) return 'refused';
    if (this.#synced) return 'online';
    return this.#failed ? 'offline' : 'connecting';
  }

  /** The close code that ended it for good: 4403 no longer allowed, 1007 or 1009 a frame that cannot be taken. */
  get refusedWith(): number | null {
    return this.#refusedWith;
  }

  /** Local edits that are not known to be on the server's disk, those from before a reload included. */
  get unsaved(): number {
    return this.#unsaved;
  }

  /** Everything is on the server's disk, and the connection stands. */
  get saved(): boolean {
    return this.status === 'online' && this.#unsaved === 0 && this.#isSettled;
  }

  /** Why the server did not take an edit, while that still holds. */
  get refusal(): RefusalCode | null {
    return this.#refusal;
  }

  /** Until the server has said it: as last time, and true the first time. */
  get readOnly(): boolean {
    return this.#hello?.readOnly ?? this.#wasReadOnly;
  }

  /** There is content to show, from this browser's copy or from the server. */
  get ready(): boolean {
    return this.#hasKeptContent || this.#hasServerContent;
  }

  /** Copies with unsaved text that could not be merged any more. */
  get drafts(): readonly DraftCopy[] {
    return this.#drafts;
  }

  connect(): void {
    if (this.#parts || this.#isDestroyed) return;
    addEventListener('beforeunload', this.#onBeforeUnload);
    this.#network.start();
    void this.#start();
  }

  destroy(): void {
    this.#isDestroyed = true;
    removeEventListener('beforeunload', this.#onBeforeUnload);
    this.#network.stop();
    this.#stop();
    this.#doc.destroy();
  }

  /** The text of a draft, to show or to copy from. */
  async openDraft(draft: DraftCopy): Promise<Y.Doc> {
    const doc = new Y.Doc();
    const persistence = new IndexeddbPersistence(draft.database, doc);
    await persistence.whenSynced;
    await persistence.destroy();
    return doc;
  }

  async discardDraft(draft: DraftCopy): Promise<void> {
    this.#kept.forgetDraft(draft);
    this.#drafts = this.#kept.drafts;
    await clearDocument(draft.database);
  }

  async #start(): Promise<void> {
    const doc = this.#doc;
    const awareness = this.#awareness;
    const persistence = typeof indexedDB === 'undefined' ? null : new IndexeddbPersistence(this.#kept.database, doc);
    const parts: Parts = { persistence, provider: null, lineage: this.#kept.lineage, cursorTimer: null };
    this.#parts = parts;
    this.presence.watch(awareness);
    doc.on('update', (_update: Uint8Array, origin: unknown) => {
      // registered before the provider's own listener: the edit is counted before its frame is sent
      if (origin === persistence || (parts.provider && origin === parts.provider)) return;
      this.#acknowledgements.edited();
      this.#count();
    });
    if (persistence) await Promise.race([persistence.whenSynced, wait(KEPT_COPY_PATIENCE)]);
    if (this.#parts !== parts) return;
    this.#hasKeptContent = Y.encodeStateVector(doc).length > 1;
    parts.provider = this.#provide(doc, awareness, parts);
    parts.provider.connect();
  }

  #provide(doc: Y.Doc, awareness: Awareness, parts: Parts): WebsocketProvider {
    const provider = new WebsocketProvider(this.#url, this.name, doc, {
      awareness,
      connect: false,
      disableBc: true,
      params: lineageParameter(parts),
      maxBackoffTime: backoff(),
      WebSocketPolyfill: countingSocket(WebSocket, {
        opened: () => this.#onSocket(() => this.#acknowledgements.opened()),
        sent: (frame) => this.#onSocket(() => this.#acknowledgements.sent(frame)),
      }),
      shouldReconnect: ({ code }) => !FINAL.has(code) && !(code >= 4400 && code < 4500),
    });
    provider.messageHandlers[DURABLE] = (_encoder, decoder) =>
      this.#onSocket(() => this.#acknowledgements.durable(readDurable(decoder).frames));
    provider.messageHandlers[REFUSED] = (_encoder, decoder) => {
      const { frame, code } = readRefused(decoder);
      this.#onSocket(() => this.#acknowledgements.refused(frame, code));
    };
    provider.messageHandlers[HELLO] = (_encoder, decoder) => this.#greeted(readHello(decoder), parts);
    provider.on('sync', (synced: boolean) => {
      this.#synced = synced;
      if (synced) this.#hasServerContent = true;
      if (synced) this.#failed = false;
    });
    provider.on('connection-close', () => {
      this.#failed = true;
      this.#synced = false;
      provider.maxBackoffTime = backoff(); // read right after this event: clients do not come back in step
    });
    provider.on('closed', ({ code }) => {
      if (code === CLOSE.lineageChanged) this.#startAnew();
      else this.#refusedWith = code;
    });
    // the provider would send everybody's state back to the server with every change of anybody
    awareness.off('update', provider._awarenessUpdateHandler);
    awareness.on('update', (_change: unknown, origin: unknown) => {
      if (origin === 'local') parts.cursorTimer ??= setTimeout(() => sendOwnState(parts, awareness), CURSOR_WINDOW);
    });
    return provider;
  }

  #greeted(hello: Hello, parts: Parts): void {
    this.#hello = hello;
    if (parts.lineage !== null && parts.lineage !== hello.lineage) return; // the server closes with 4409 next
    parts.lineage = hello.lineage;
    this.#kept.rememberHello(hello);
    if (parts.provider) parts.provider.params = lineageParameter(parts);
  }

  /** The document was restored or reset. What is here never merges into it; unsaved text stays as a draft. */
  #startAnew(): void {
    const { persistence } = this.#parts ?? {};
    const useless = this.#kept.startAnew(Date.now(), this.#unsaved);
    this.#stop();
    if (useless && persistence) void persistence.clearData();
    this.#doc.destroy();
    this.#doc = new Y.Doc();
    this.#awareness = new Awareness(this.#doc);
    this.#acknowledgements = new Acknowledgements();
    this.#hello = null;
    this.#hasKeptContent = false;
    this.#hasServerContent = false;
    this.#drafts = this.#kept.drafts;
    this.#count();
    void this.#start();
  }

  #stop(): void {
    const parts = this.#parts;
    this.#parts = null;
    if (!parts) return;
    if (parts.cursorTimer) clearTimeout(parts.cursorTimer);
    this.presence.watch(null);
    parts.provider?.destroy();
    void parts.persistence?.destroy();
    this.#synced = false;
  }

  #onSocket(change: () => void): void {
    change();
    this.#count();
  }

  #count(): void {
    const before = this.#unsaved;
    this.#unsaved = this.#acknowledgements.unsaved;
    this.#isSettled = this.#acknowledgements.isSettled;
    this.#refusal = this.#acknowledgements.refusal;
    if (this.#unsaved !== before) this.#kept.rememberUnsaved(this.#unsaved);
  }

  readonly #onBeforeUnload = (event: BeforeUnloadEvent) => {
    if (this.#unsaved > 0) event.preventDefault();
  };

  /** Starts over at once, unless a waking tab's socket has just spoken. */
  #wake(reason: 'changed' | 'visible'): void {
    const provider = this.#parts?.provider;
    if (!provider?.shouldConnect) return;
    const isFresh = provider.wsconnected && Date.now() - provider.wsLastMessageReceived < SILENCE;
    if (isFresh && reason === 'visible') return;
    provider.disconnect();
    provider.connect();
  }
}

interface Parts {
  readonly persistence: IndexeddbPersistence | null;
  provider: WebsocketProvider | null;
  /** Of the document that this copy belongs to; null while nobody has told. */
  lineage: string | null;
  cursorTimer: ReturnType<typeof setTimeout> | null;
}

const lineageParameter = ({ lineage }: Parts): Record<string, string> => (lineage === null ? {} : { lineage });

function sendOwnState(parts: Parts, awareness: Awareness): void {
  parts.cursorTimer = null;
  const { provider } = parts;
  if (!provider?.wsconnected || awareness.getLocalState() === null) return;
  provider.ws?.send(encodeAwareness(encodeAwarenessUpdate(awareness, [awareness.clientID])) as Uint8Array<ArrayBuffer>);
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const backoff = () => 1_500 + Math.random() * 1_000; // ms
