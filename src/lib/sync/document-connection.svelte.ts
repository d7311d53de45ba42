import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { SeatId } from '#domain/ids.ts';
import type { DocumentName } from '#protocol/document-name.ts';
import { CLOSE, REFUSAL_CODES, type Hello, type RefusalCode } from '#protocol/sync.ts';
import { Acknowledgements } from './acknowledgements.ts';
import { KeptCopy, type DraftCopy } from './kept-copy.ts';
import { KeptTail } from './kept-tail.ts';
import { KnownClocks } from './known-clocks.ts';
import { LeftBehind } from './left-behind.ts';
import { LocalCopy } from './local-copy.ts';
import { pageStorage } from './page-storage.ts';
import { Presence } from './presence.svelte.ts';
import { SyncProvider, type ProviderEvents } from './sync-provider.ts';
import type { Vigil } from './vigil.ts';

export type ConnectionStatus = 'connecting' | 'online' | 'offline' | 'refused';

const KEPT_COPY_PATIENCE = 3_000; // ms for IndexedDB; some private windows never answer
const WHOLE_LATEST = 3_000; // ms; what came until then is shown, whatever the server said that it has
const RARELY = 16; // handshakes; some 40 s
const LATE_GATHER = 2_000; // ms without a late letter: a sentence is ended and stays whole, and the step may be opened again
const LOOK_AGAIN = 2_000; // ms; whatever went by unseen until now is not called saved for longer

/** One document, kept in this browser and synchronised with the server. Made in the browser only; `connect` starts it. */
export class DocumentConnection {
  readonly name: DocumentName;
  readonly presence = new Presence();
  /** A seat that was sent away finds its drafts again where it goes from here. */
  findsDrafts = false;
  readonly #storage = pageStorage();
  readonly #kept: KeptCopy;
  readonly #left: LeftBehind;
  readonly #url: string;
  #parts: Parts | null = null;
  #acknowledgements: Acknowledgements;
  #known = new KnownClocks();
  #vigil: Vigil | null = null;
  #clock: ReturnType<typeof setInterval> | null = null;
  readonly #isStillOpen: (() => Promise<boolean | null>) | null;
  #isAsking = false;
  /** State vector of the copy as it was kept, when all of it was saved. */
  #keptSaved: Uint8Array | null = null;
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
  #keepsCopy = $state(true);
  #isSlow = $state(false);
  #refusal = $state<RefusalCode | null>(null);
  #drafts = $state.raw<readonly DraftCopy[]>([]);

  constructor({ document, seat, host = location.host, isStillOpen = null }: ConnectionOptions) {
    this.name = document;
    this.#isStillOpen = isStillOpen;
    this.#url = `${location.protocol === 'https:' ? 'wss:' : 'ws:'}//${host}/sync`;
    this.#kept = new KeptCopy(document, seat, this.#storage);
    this.#left = new LeftBehind(this.#kept, this.#storage);
    this.#acknowledgements = new Acknowledgements(this.#kept.unsaved);
    this.#drafts = this.#left.drafts;
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

  /** False: what is unsaved is in this page only, and goes with it. */
  get keepsCopy(): boolean {
    return this.#keepsCopy;
  }

  /** The network lets no live connection through: everything goes by plain requests, and takes a moment longer. */
  get isSlow(): boolean {
    return this.#isSlow;
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
    this.#clock = setInterval(() => this.#count(), LOOK_AGAIN);
    void this.#start();
  }

  destroy(): void {
    this.#isDestroyed = true;
    removeEventListener('beforeunload', this.#onBeforeUnload);
    if (this.#clock) clearInterval(this.#clock);
    this.#vigil?.stop();
    this.#stop();
    this.#doc.destroy();
  }

  /** The text of a draft, to show or to copy from. */
  openDraft(draft: DraftCopy): Promise<Y.Doc> {
    return this.#left.open(draft);
  }

  discardDraft(draft: DraftCopy): void {
    this.#left.discard(draft);
    this.#drafts = this.#left.drafts;
  }

  async #start(): Promise<void> {
    const doc = this.#doc;
    const { database, lineage } = this.#kept;
    const copy = new LocalCopy(database, doc, () => this.#look());
    const tail = new KeptTail(database, this.#storage, () => copy.stored());
    const parts: Parts = { copy, tail, provider: null, lateTimer: undefined };
    this.#parts = parts;
    this.presence.watch(this.#awareness);
    doc.on('update', (update: Uint8Array, origin: unknown) => this.#onUpdate(parts, update, origin));
    await Promise.race([copy.open(), wait(KEPT_COPY_PATIENCE)]);
    if (this.#parts !== parts) return;
    const left = tail.take();
    this.#keptSaved = this.#unsaved === 0 && left.length === 0 ? Y.encodeStateVector(doc) : null;
    for (const update of left) Y.applyUpdate(doc, update, tail);
    this.#hasKeptContent = Y.encodeStateVector(doc).length > 1;
    parts.provider = new SyncProvider({
      url: this.#url,
      document: this.name,
      doc,
      awareness: this.#awareness,
      acknowledgements: this.#acknowledgements,
      known: this.#known,
      lineage,
      hasWords: () => this.#unsaved > 0,
      events: this.#events(parts),
    });
    parts.provider.connect();
  }

  /** Counted first, sent next, kept last: keeping is the only one that may fail, and nothing waits for it. */
  #onUpdate({ copy, tail, provider }: Parts, update: Uint8Array, origin: unknown): void {
    const isOwn = origin !== copy && origin !== tail && !provider?.isFromServer(origin);
    if (isOwn) {
      this.#acknowledgements.edited();
      this.#count();
    }
    try {
      provider?.send(update, origin);
    } finally {
      if (isOwn) tail.add(update);
      if (origin !== copy) copy.add(update);
    }
  }

  #events(parts: Parts): ProviderEvents {
    return {
      counted: () => this.#count(),
      heard: () => this.#vigil?.watch.heard(),
      progressed: () => this.#vigil?.watch.progressed(),
      greeted: (hello) => {
        this.#hello = hello;
        const { lineage } = this.#kept;
        if (lineage === null || lineage === hello.lineage) this.#kept.rememberHello(hello);
        this.#look();
      },
      refused: (code) => {
        if (code === REFUSAL_CODES.notStored) this.#vigil?.watch.deferred();
        if (!this.#isLate) return;
        clearTimeout(parts.lateTimer);
        parts.lateTimer = setTimeout(() => this.#setLateAside(parts), LATE_GATHER);
      },
      synced: (isSynced) => {
        this.#synced = isSynced;
        if (isSynced) {
          this.#failed = false;
          setTimeout(() => (this.#hasServerContent ||= this.#synced && this.#parts === parts), WHOLE_LATEST);
        }
        if (!this.#vigil) void this.#keepVigil();
        this.#count();
      },
      away: () => {
        this.#vigil?.watch.rest();
        if (!this.#vigil) void this.#keepVigil();
        this.#failed = true;
        this.#synced = false;
      },
      slowed: (isSlow) => (this.#isSlow = isSlow),
      turnedAway: (times) => void this.#askWhy(parts, times),
      closed: (code) => {
        if (code === CLOSE.lineageChanged) this.#startAnew('restored');
        else this.#freeze(code);
      },
    };
  }

  /**
   * A refused handshake says nothing to a page, not even that there was an answer. Asked at the 2nd time and ever more rarely: a hall
   * without a server is not to ask twice.
   */
  async #askWhy(parts: Parts, times: number): Promise<void> {
    const isTime = times > 1 && (times & (times - 1)) === 0;
    if (!this.#isStillOpen || this.#isAsking || !(isTime || times % RARELY === 0)) return;
    this.#isAsking = true;
    const isOpen = await this.#isStillOpen().catch(() => null);
    this.#isAsking = false;
    if (isOpen !== false || this.#parts !== parts || this.#synced || this.#refusedWith !== null) return;
    parts.provider?.stop();
    this.#freeze(CLOSE.notAllowed);
  }

  /** What is here never merges into the document, restored or closed to this seat; unsaved text stays as a draft. */
  #startAnew(cause: DraftCopy['cause']): void {
    this.#leaveBehind(cause);
    this.#stop();
    this.#doc.destroy();
    this.#doc = new Y.Doc();
    this.#awareness = new Awareness(this.#doc);
    this.#hello = null;
    this.#hasKeptContent = false;
    this.#hasServerContent = false;
    this.#count();
    void this.#start();
  }

  #leaveBehind(cause: DraftCopy['cause']): void {
    const known = cause === 'late' ? (this.#known.encoded() ?? this.#keptSaved) : null;
    this.#left.leave({ doc: this.#doc, copy: this.#parts?.copy ?? null, unsaved: this.#unsaved, cause, known });
    this.#drafts = this.#left.drafts;
    this.#acknowledgements = new Acknowledgements();
    this.#known = new KnownClocks();
    this.#keptSaved = null;
  }

  /** Own text was refused, by a rule that asking again does not change. */
  get #isLate(): boolean {
    return this.#refusal === REFUSAL_CODES.notAllowed && this.#unsaved > 0;
  }

  #setLateAside(parts: Parts): void {
    if (this.#parts === parts && this.#isLate) this.#startAnew('late');
  }

  /** The end: the page stays as it is, to be read. What was not saved is a draft, and the next visit begins with a copy of its own. */
  #freeze(code: number): void {
    this.#refusedWith = code;
    if (this.#unsaved === 0 && !UNTAKEABLE.has(code)) return;
    this.#leaveBehind('late');
    this.#count();
  }

  #stop(): void {
    const parts = this.#parts;
    this.#parts = null;
    if (!parts) return;
    clearTimeout(parts.lateTimer);
    this.#vigil?.watch.rest();
    this.presence.watch(null);
    parts.provider?.destroy();
    parts.copy.close();
    this.#synced = false;
  }

  #count(): void {
    // The first answer may be an older one that many share, with the rest behind it: a board read between the two looks empty.
    if (this.#synced && !this.#hasServerContent) this.#hasServerContent = this.#known.areIn(this.#doc);
    const before = this.#unsaved;
    const counted = this.#acknowledgements.unsaved;
    const isCovered = !this.#known.isTold || this.#known.cover(this.#doc);
    this.#unsaved = Math.max(counted, isCovered ? 0 : 1);
    this.#isSettled = this.#acknowledgements.isSettled;
    this.#refusal = this.#acknowledgements.refusal;
    if (this.#unsaved !== before)
      this.#kept.rememberUnsaved(this.#unsaved, () => this.#known.encoded() ?? this.#keptSaved);
    if (this.saved) this.#parts?.tail.settled();
    this.#look();
  }

  #look(): void {
    this.#keepsCopy = !(this.#parts?.copy.isLost ?? false);
    this.#vigil?.watch.look();
  }

  readonly #onBeforeUnload = (event: BeforeUnloadEvent) => {
    // a seat that is gone does not find its drafts again once this page is closed
    const isLastChance =
      this.#left.isOnlyHere || (this.#refusedWith !== null && !this.findsDrafts && this.#drafts.length > 0);
    if (this.#unsaved > 0 || isLastChance) event.preventDefault();
  };

  /** As soon as the network has answered in some way, or has not. */
  async #keepVigil(): Promise<void> {
    const code = await import('./vigil.ts').catch(() => null); // the next answer brings it
    if (!code || this.#vigil || this.#isDestroyed) return;
    this.#vigil = new code.Vigil({
      isConnected: () => this.#parts?.provider?.isConnected ?? false,
      isOwed: () => this.#isOwed,
      isSynced: () => this.#synced,
      bytes: () => this.#acknowledgements.waitingBytes,
      ask: () => this.#parts?.provider?.ask(this.#unsaved > 0 || !this.#isSettled),
      reconnect: () => this.#parts?.provider?.reconnect(),
    });
  }

  get #isOwed(): boolean {
    const provider = this.#parts?.provider;
    if (!provider?.isConnected) return false;
    if (this.#refusal !== null && this.#refusal !== REFUSAL_CODES.notStored) return false; // answered for good
    const isBehind = !provider.isGreeted || !this.#synced || this.#doc.store.pendingStructs !== null;
    return isBehind || this.#unsaved > 0 || !this.#isSettled;
  }
}

interface ConnectionOptions {
  readonly document: DocumentName;
  readonly seat: SeatId;
  readonly host?: string;
  /** Asks the server by another way whether this seat may have the document; null: it did not say. */
  readonly isStillOpen?: (() => Promise<boolean | null>) | null;
}

interface Parts {
  readonly copy: LocalCopy;
  readonly tail: KeptTail;
  provider: SyncProvider | null;
  lateTimer: ReturnType<typeof setTimeout> | undefined;
}

/** The server could not take what this page holds: the next visit must not offer it again. */
const UNTAKEABLE = new Set<number>([CLOSE.malformed, CLOSE.tooLarge]);

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
