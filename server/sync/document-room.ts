import { uint32 } from 'lib0/random';
import * as Y from 'yjs';
import type { SeatId } from '#domain/ids.ts';
import type { DocumentName } from '#protocol/document-name.ts';
import { encodeUpdate } from '#protocol/sync.ts';
import type { DocumentStore, StoredDocument } from '#server/storage/ports.ts';
import { StorageError } from '#server/storage/ports.ts';
import type { Journal, JournalEntry, JournalledDocument } from './journal.ts';
import { Presence } from './presence.ts';
import { copyOf, replay } from './replay.ts';
import { bringsNews, ClientOwners, decodeUpdate, isGapless } from './update-check.ts';

/** A connection as its document sees it. */
export interface Member {
  readonly seat: SeatId;
  send(frame: Uint8Array): void;
  /** The update frame and all before it are on disk. */
  settled(frame: number, seq: number): void;
  notStored(frame: number): void;
  /** The document must be loaded again; reconnecting does it. */
  dismiss(): void;
}

/** `queued`: comes back through `settled` or `notStored`. `known`: nothing new. `gap`: builds on what the server lacks. */
export type Offered = 'queued' | 'known' | 'gap' | 'malformed' | 'stolenClient' | 'notStored';

const PRESENCE_WINDOW = 30; // ms in which cursor moves gather into one frame

export interface RoomOptions {
  readonly documents: DocumentStore;
  readonly journal: Journal;
  readonly clock: () => number;
}

/** One document in memory: exactly its stored rows, applied. Edits become visible here only after they are on disk. */
export class DocumentRoom implements JournalledDocument {
  readonly name: DocumentName;
  readonly lineage: string;
  readonly members = new Set<Member>();
  readonly presence: Presence;
  readonly #options: RoomOptions;
  readonly #owners = new ClientOwners();
  /** The clientID of the server's own edits; they run one after the other. */
  readonly #serverClient = uint32();
  /** Next clock of clients that have rows waiting in the journal. */
  readonly #promised = new Map<number, number>();
  #doc: Y.Doc;
  #seq: number;
  #rowsBehindSnapshot: number;
  #waiting = 0;
  #isStale = false;
  #fullState: Uint8Array | null = null;
  #presenceTimer: NodeJS.Timeout | null = null;
  #editing: Promise<unknown> = Promise.resolve();

  constructor(name: DocumentName, stored: StoredDocument, options: RoomOptions) {
    this.name = name;
    this.lineage = stored.lineage;
    this.presence = new Presence(options.clock);
    this.#options = options;
    this.#doc = replay(name, stored);
    this.#seq = stored.seq;
    this.#rowsBehindSnapshot = stored.updates.length;
  }

  get seq(): number {
    return this.#seq;
  }

  get rowsBehindSnapshot(): number {
    return this.#rowsBehindSnapshot;
  }

  /** What is in memory can no longer be trusted: newcomers need a room built anew from storage. */
  get isStale(): boolean {
    return this.#isStale;
  }

  /** No row of this document is on its way to the disk. */
  get isSettled(): boolean {
    return this.#waiting === 0;
  }

  stateVector(): Uint8Array {
    return Y.encodeStateVector(this.#doc);
  }

  /** What a client with this state vector lacks. Newcomers, who lack everything, share one encoding. Throws on bad bytes. */
  missingFor(stateVector: Uint8Array): Uint8Array {
    if (Y.decodeStateVector(stateVector).size > 0) return Y.encodeStateAsUpdate(this.#doc, stateVector);
    return (this.#fullState ??= Y.encodeStateAsUpdate(this.#doc));
  }

  copy(): Y.Doc {
    return copyOf(this.#doc);
  }

  /** Whether there is anything in the update that the document has not. Null: malformed. */
  bringsNews(update: Uint8Array): boolean | null {
    const decoded = decodeUpdate(update);
    return decoded && bringsNews(this.#doc, decoded);
  }

  offer(member: Member, frame: number, update: Uint8Array): Offered {
    const decoded = decodeUpdate(update);
    if (!decoded) return 'malformed';
    if (!bringsNews(this.#doc, decoded)) return 'known';
    const next = (client: number) => this.#nextClock(client);
    if (!isGapless(decoded, next)) return 'gap';
    if (!this.#owners.claim(decoded, next, member.seat)) return 'stolenClient';
    const queued = this.#options.journal.offer({
      document: this,
      update,
      seat: member.seat,
      author: member,
      onStored: (seq) => member.settled(frame, seq),
      onRefused: () => member.notStored(frame),
    });
    if (!queued) return 'notStored';
    this.#waiting += 1;
    for (const { id, length } of decoded.structs) {
      this.#promised.set(id.client, Math.max(next(id.client), id.clock + length));
    }
    return 'queued';
  }

  /** The server's own edit, through the same log. Rejects with `StorageError` when it was not stored. */
  edit(seat: SeatId | null, change: (doc: Y.Doc) => void): Promise<void> {
    const edited = this.#editing.then(() => this.#editNow(seat, change));
    this.#editing = edited.catch(() => undefined);
    return edited;
  }

  async #editNow(seat: SeatId | null, change: (doc: Y.Doc) => void): Promise<void> {
    const copy = this.copy();
    copy.clientID = this.#serverClient;
    const updates: Uint8Array[] = [];
    copy.on('update', (update: Uint8Array) => updates.push(update));
    try {
      copy.transact(() => change(copy));
    } finally {
      copy.destroy();
    }
    if (updates.length === 0) return;
    await new Promise<void>((resolve, reject) => {
      const refuse = () => reject(new StorageError(`${this.name}: the edit was not stored`));
      const queued = this.#options.journal.offer({
        document: this,
        update: Y.mergeUpdates(updates),
        seat,
        author: {},
        onStored: () => resolve(),
        onRefused: refuse,
      });
      if (queued) this.#waiting += 1;
      else refuse();
    });
  }

  stored(entries: readonly JournalEntry[]): void {
    this.#forget(entries.length);
    this.#seq += entries.length;
    this.#rowsBehindSnapshot += entries.length;
    const updates = entries.map(({ update }) => update);
    if (this.#apply(updates)) {
      const authors = new Set(entries.map(({ author }) => author));
      const merged = updates.length === 1 ? updates[0]! : Y.mergeUpdates(updates);
      this.#broadcast(encodeUpdate(merged), authors.size === 1 ? entries[0]!.author : null);
      this.flushPresence();
    }
    const last = new Map(entries.map((entry) => [entry.author, entry]));
    for (const entry of last.values()) entry.onStored(this.#seq);
  }

  refused(entries: readonly JournalEntry[]): void {
    this.#forget(entries.length);
    for (const entry of entries) entry.onRefused();
  }

  async reload(): Promise<void> {
    const stored = await this.#options.documents.read(this.name);
    if (stored.seq === this.#seq && stored.lineage === this.lineage) return;
    if (stored.lineage !== this.lineage) {
      this.#giveUp();
      return;
    }
    const before = Y.encodeStateVector(this.#doc);
    const doc = replay(this.name, stored);
    this.#doc.destroy();
    this.#doc = doc;
    this.#fullState = null;
    this.#seq = stored.seq;
    this.#rowsBehindSnapshot = stored.updates.length;
    this.#broadcast(encodeUpdate(Y.encodeStateAsUpdate(doc, before)), null);
  }

  /** Tells everybody who came, went or moved since the last time. */
  flushPresence(): void {
    if (this.#presenceTimer) clearTimeout(this.#presenceTimer);
    this.#presenceTimer = null;
    if (this.presence.hasNews) this.#tell(this.presence.takeNews());
  }

  presenceChanged(): void {
    this.#presenceTimer ??= setTimeout(() => this.flushPresence(), PRESENCE_WINDOW).unref();
  }

  renewPresence(): void {
    this.#tell(this.presence.renewed());
  }

  destroy(): void {
    if (this.#presenceTimer) clearTimeout(this.#presenceTimer);
    this.#doc.destroy();
  }

  #nextClock(client: number): number {
    return Math.max(Y.getState(this.#doc.store, client), this.#promised.get(client) ?? 0);
  }

  #forget(entries: number): void {
    this.#waiting -= entries;
    if (this.#waiting === 0) this.#promised.clear();
  }

  /** False when Yjs threw: the rows are on disk, so everybody comes back to a document that is built anew from them. */
  #apply(updates: readonly Uint8Array[]): boolean {
    this.#fullState = null;
    try {
      this.#doc.transact(() => {
        for (const update of updates) Y.applyUpdate(this.#doc, update);
      });
      return true;
    } catch (error) {
      console.error(`sync: ${this.name}: applying seq ${this.#seq} failed: ${String(error)}`);
      this.#giveUp();
      return false;
    }
  }

  #giveUp(): void {
    this.#isStale = true;
    for (const member of [...this.members]) member.dismiss();
  }

  #broadcast(frame: Uint8Array, except: object | null): void {
    for (const member of this.members) if (member !== except) member.send(frame);
  }

  #tell(frameFor: (reader: object) => Uint8Array | null): void {
    for (const member of this.members) {
      const frame = frameFor(member);
      if (frame) member.send(frame);
    }
  }
}
