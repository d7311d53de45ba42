import * as decoding from 'lib0/decoding';
import { count, transact } from 'lib0/indexeddb';
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
  REFUSAL_CODES,
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
import { Acknowledgements } from './acknowledgements.ts';
import { countingSocket, type SentCounts } from './counting-socket.ts';
import { KeptCopy, type DraftCopy } from './kept-copy.ts';
import { KeptTail } from './kept-tail.ts';
import { Presence } from './presence.svelte.ts';
import type { Vigil } from './vigil.ts';

export type ConnectionStatus = 'connecting' | 'online' | 'offline' | 'refused';

const KEPT_COPY_PATIENCE = 3_000; // ms for IndexedDB; some private windows never answer
const CURSOR_WINDOW = 60; // ms in which own cursor moves gather
const LARGEST_PIECE = 64_000; // bytes: on a slow network each brings a receipt before anybody doubts the socket
const LATE_GATHER = 500; // ms in which the last letters come too, and the step may be opened again
const FINAL = new Set<number>([CLOSE.malformed, CLOSE.tooLarge]); // what was refused would be sent and refused again

/** One document, kept in this browser and synchronised with the server. Made in the browser only; `connect` starts it. */
export class DocumentConnection {
  readonly name: DocumentName;
  readonly presence = new Presence();
  readonly #kept: KeptCopy;
  readonly #url: string;
  #parts: Parts | null = null;
  #acknowledgements: Acknowledgements;
  #vigil: Vigil | null = null;
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

  /** Replaced by an empty one when this copy is left behind: derive from it, do not keep it. */
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

  /** Copies with text that the server has not and will not take. */
  get drafts(): readonly DraftCopy[] {
    return this.#drafts;
  }

  connect(): void {
    if (this.#parts || this.#isDestroyed) return;
    addEventListener('beforeunload', this.#onBeforeUnload);
    void this.#start();
  }

  destroy(): void {
    this.#isDestroyed = true;
    removeEventListener('beforeunload', this.#onBeforeUnload);
    this.#vigil?.stop();
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
    const parts: Parts = {
      persistence,
      provider: null,
      lineage: this.#kept.lineage,
      isGreeted: false,
      known: null,
      cursorTimer: null,
      lateTimer: null,
    };
    this.#parts = parts;
    this.presence.watch(awareness);
    const tail = new KeptTail(this.#kept.database, localStorage, () => allStored(persistence));
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      // registered before the provider's own listener: the edit is counted before its frame is sent
      if (origin === persistence || origin === tail || (parts.provider && origin === parts.provider)) return;
      tail.add(update);
      this.#acknowledgements.edited();
      this.#count();
    });
    if (persistence) await Promise.race([persistence.whenSynced, wait(KEPT_COPY_PATIENCE)]);
    if (this.#parts !== parts) return;
    for (const update of tail.take()) Y.applyUpdate(doc, update, tail);
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
      WebSocketPolyfill: countingSocket(WebSocket, this.#sentCounts()),
      shouldReconnect: ({ code }) => !FINAL.has(code) && !(code >= 4400 && code < 4500),
    });
    const sync = provider.messageHandlers[SYNC]!;
    provider.messageHandlers[SYNC] = (encoder, decoder, ...rest) => {
      parts.known = stateVectorIn(decoder) ?? parts.known;
      sync(encoder, decoder, ...rest);
      this.#vigil?.watch.look();
    };
    provider.messageHandlers[DURABLE] = (_encoder, decoder) => {
      this.#onSocket(() => this.#acknowledgements.durable(readDurable(decoder).frames));
      this.#vigil?.watch.progressed();
      this.#vigil?.watch.look();
    };
    provider.messageHandlers[REFUSED] = (_encoder, decoder) => {
      const { frame, code } = readRefused(decoder);
      this.#onSocket(() => this.#acknowledgements.refused(frame, code));
      if (code === REFUSAL_CODES.notStored) this.#vigil?.watch.deferred();
      if (this.#isLate) parts.lateTimer ??= setTimeout(() => this.#setLateAside(parts), LATE_GATHER);
    };
    provider.messageHandlers[HELLO] = (_encoder, decoder) => this.#greeted(readHello(decoder), parts);
    provider.on('sync', (synced: boolean) => {
      this.#synced = synced;
      if (synced) this.#hasServerContent = true;
      if (synced) this.#failed = false;
      if (!this.#vigil) void this.#keepVigil();
      this.#count();
    });
    provider.on('connection-close', () => {
      this.#vigil?.watch.rest();
      if (!this.#vigil) void this.#keepVigil();
      parts.isGreeted = false;
      this.#failed = true;
      this.#synced = false;
      provider.maxBackoffTime = backoff(); // read right after this event: clients do not come back in step
    });
    provider.on('closed', ({ code }) => {
      if (code === CLOSE.lineageChanged) this.#startAnew('restored');
      else this.#freeze(code);
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
    parts.isGreeted = true;
    if (parts.lineage !== null && parts.lineage !== hello.lineage) return; // the server closes with 4409 next
    parts.lineage = hello.lineage;
    this.#kept.rememberHello(hello);
    if (parts.provider) parts.provider.params = lineageParameter(parts);
  }

  /** What is here never merges into the document, restored or closed to this seat; unsaved text stays as a draft. */
  #startAnew(cause: DraftCopy['cause']): void {
    const { persistence } = this.#parts ?? {};
    const useless = this.#leaveBehind(cause);
    this.#stop();
    if (useless && persistence) void persistence.clearData();
    this.#doc.destroy();
    this.#doc = new Y.Doc();
    this.#awareness = new Awareness(this.#doc);
    this.#acknowledgements = new Acknowledgements();
    this.#hello = null;
    this.#hasKeptContent = false;
    this.#hasServerContent = false;
    this.#count();
    void this.#start();
  }

  /** Returns the database that is of no use any more. */
  #leaveBehind(cause: DraftCopy['cause']): string | null {
    const known = cause === 'late' ? (this.#parts?.known ?? null) : null;
    const useless = this.#kept.startAnew(Date.now(), this.#unsaved, cause, known);
    this.#drafts = this.#kept.drafts;
    return useless;
  }

  /** Own text was refused, by a rule that asking again does not change. */
  get #isLate(): boolean {
    return this.#refusal === REFUSAL_CODES.notAllowed && this.#unsaved > 0;
  }

  #setLateAside(parts: Parts): void {
    parts.lateTimer = null;
    if (this.#parts === parts && this.#isLate) this.#startAnew('late');
  }

  /** The end: the page stays as it is, to be read. What was not saved is a draft, and the next visit begins with a copy of its own. */
  #freeze(code: number): void {
    this.#refusedWith = code;
    if (this.#unsaved === 0 && !FINAL.has(code)) return;
    const useless = this.#leaveBehind('late');
    if (useless) void this.#parts?.persistence?.clearData();
    this.#acknowledgements = new Acknowledgements();
    this.#count();
  }

  #stop(): void {
    const parts = this.#parts;
    this.#parts = null;
    if (!parts) return;
    if (parts.cursorTimer) clearTimeout(parts.cursorTimer);
    if (parts.lateTimer) clearTimeout(parts.lateTimer);
    this.#vigil?.watch.rest();
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
    const parts = this.#parts;
    // what others sent came from the server, and what was written here has arrived there
    if (parts && this.#synced && this.#unsaved === 0 && this.#isSettled) parts.known = Y.encodeStateVector(this.#doc);
    this.#vigil?.watch.look();
    if (this.#unsaved !== before) this.#kept.rememberUnsaved(this.#unsaved);
  }

  readonly #onBeforeUnload = (event: BeforeUnloadEvent) => {
    // a seat that was sent away does not find its drafts again once this page is closed
    if (this.#unsaved > 0 || (this.#refusedWith !== null && this.#drafts.length > 0)) event.preventDefault();
  };

  /** As soon as the network has answered in some way, or has not. */
  async #keepVigil(): Promise<void> {
    const code = await import('./vigil.ts').catch(() => null); // the next answer brings it
    if (!code || this.#vigil || this.#isDestroyed) return;
    this.#vigil = new code.Vigil({
      isConnected: () => this.#parts?.provider?.wsconnected ?? false,
      isOwed: () => this.#isOwed,
      isSynced: () => this.#synced,
      bytes: () => this.#acknowledgements.waitingBytes,
      ask: () => this.#ask(),
      reconnect: () => this.#reconnect(),
    });
  }

  #reconnect(): void {
    const provider = this.#parts?.provider;
    if (!provider?.shouldConnect) return;
    provider.disconnect();
    provider.connect();
  }

  /** A new exchange on the open socket. */
  #ask(): void {
    const { provider, known } = this.#parts ?? {};
    if (!provider?.wsconnected) return;
    const send = (frame: Uint8Array) => provider.ws?.send(frame as Uint8Array<ArrayBuffer>);
    send(encodeStep1(Y.encodeStateVector(this.#doc)));
    if (this.#unsaved > 0 || !this.#isSettled) {
      send(encodeStep2(Y.encodeStateAsUpdate(this.#doc, known ?? undefined)));
    }
  }

  get #isOwed(): boolean {
    const parts = this.#parts;
    if (!parts?.provider?.wsconnected) return false;
    if (this.#refusal !== null && this.#refusal !== REFUSAL_CODES.notStored) return false; // answered for good
    const isBehind = !parts.isGreeted || !this.#synced || this.#doc.store.pendingStructs !== null;
    return isBehind || this.#unsaved > 0 || !this.#isSettled;
  }

  #sentCounts(): SentCounts {
    return {
      limits: () => {
        const frame = this.#hello?.maxFrame ?? LARGEST_PIECE;
        return { frame, piece: Math.min(frame, LARGEST_PIECE) };
      },
      opened: () => this.#onSocket(() => this.#acknowledgements.opened()),
      heard: () => this.#vigil?.watch.heard(),
      carriedBy: (frame) => this.#acknowledgements.carriedBy(frame),
      sent: (frame, carried) => this.#onSocket(() => this.#acknowledgements.sent(frame, carried)),
    };
  }
}

interface Parts {
  readonly persistence: IndexeddbPersistence | null;
  provider: WebsocketProvider | null;
  /** Of the document that this copy belongs to; null while nobody has told. */
  lineage: string | null;
  /** This socket's hello has come. */
  isGreeted: boolean;
  /** State vector: the server has all of it. Null while it has not said. */
  known: Uint8Array | null;
  cursorTimer: ReturnType<typeof setTimeout> | null;
  lateTimer: ReturnType<typeof setTimeout> | null;
}

const lineageParameter = ({ lineage }: Parts): Record<string, string> => (lineage === null ? {} : { lineage });

/** When IndexedDB has on its disk what it was given until now: what reads waits for what wrote before it. */
async function allStored(persistence: IndexeddbPersistence | null): Promise<void> {
  await (persistence?.whenSynced ?? new Promise(() => {}));
  const [updates] = transact(persistence!.db!, ['updates'], 'readonly');
  await count(updates!);
}

/** Of a SyncStep1 that is about to be read. */
function stateVectorIn(decoder: decoding.Decoder): Uint8Array | null {
  const ahead = decoding.clone(decoder);
  return decoding.readVarUint(ahead) === SYNC_STEP_1 ? decoding.readVarUint8Array(ahead) : null;
}

function sendOwnState(parts: Parts, awareness: Awareness): void {
  parts.cursorTimer = null;
  const { provider } = parts;
  if (!provider?.wsconnected || awareness.getLocalState() === null) return;
  provider.ws?.send(encodeAwareness(encodeAwarenessUpdate(awareness, [awareness.clientID])) as Uint8Array<ArrayBuffer>);
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const backoff = () => 1_500 + Math.random() * 1_000; // ms
