import type { SeatId } from '#domain/ids.ts';
import { refOf, type DocumentName, type DocumentRef } from '#protocol/document-name.ts';
import { belongs } from '#protocol/document-shape.ts';
import { encodeUpdate } from '#protocol/sync.ts';
import type { ScannedUpdate } from '#protocol/update/scan.ts';
import { report } from '#server/process/report.ts';
import type { EpochGuard } from '#server/storage/ports/access.ts';
import type { ClientLease, DocumentStore, StoredDocument } from '#server/storage/ports/documents.ts';
import { Authorship } from './authorship.ts';
import { Contents } from './contents.ts';
import { Derivation } from './derivation.ts';
import { recordsIn, type DocumentLog } from './document-log.ts';
import { Followers, type Follower } from './followers.ts';
import type { Author, Journal, JournalEntry, JournalledDocument } from './journal.ts';
import { newsOf, writersOf } from './news.ts';
import { Outbox, type Reader } from './outbox.ts';
import { OwnEdits, type OwnChange } from './own-edits.ts';
import { Ownership } from './ownership.ts';
import { Pace } from './pace.ts';
import { follow, putDown, takeBack } from './placement.ts';
import { Presence } from './presence.ts';
import { Rereading } from './rereading.ts';
import { SeatTotals } from './seat-totals.ts';
import { storedLog } from './stored-log.ts';
import { Waiting } from './waiting.ts';
import type { WriteRules } from './write-rules.ts';
import { framed } from './ws-frame.ts';

/** A connection as its document sees it. */
export interface Member extends Author, Reader {
  readonly seat: SeatId;
  readonly rules: WriteRules;
  receipt(frame: number, seq: number): Uint8Array;
  /** The document must be loaded again; reconnecting does it. */
  dismiss(): void;
}

/** `queued`: comes back through `receipt` or `notStored`. `known`: nothing new. `gap`: builds on what the server lacks. `malformed`: copies would part over it. */
export type Offered =
  'queued' | 'known' | 'gap' | 'stolenClient' | 'malformed' | 'notStored' | 'tooLarge' | 'seatFull' | 'foreign';

export interface RoomOptions {
  readonly documents: DocumentStore;
  readonly journal: Journal;
  readonly clock: () => number;
  /** What the rules for this document were read from. */
  readonly guards: (document: DocumentRef) => readonly EpochGuard[];
  /** Whether storage has lost the end of this document, which people's browsers may still have. */
  readonly isRecovering?: (document: DocumentName) => boolean;
  /** An update is on disk as row `seq`; nobody waits for who hears of it. */
  readonly onStored?: (document: DocumentName, seq: number, update: ScannedUpdate, seat: SeatId | null) => void;
}

/** One document in memory: exactly its stored rows. Edits become visible here only after they are on disk. */
export class DocumentRoom implements JournalledDocument {
  readonly name: DocumentName;
  readonly lineage: string;
  readonly members = new Set<Member>();
  /** Of edits that arrive. */
  readonly pace = new Pace();
  readonly presence: Presence;
  readonly outbox: Outbox;
  readonly derivation: Derivation;
  readonly #options: RoomOptions;
  readonly #ref: DocumentRef;
  readonly #waiting = new Waiting();
  readonly #followers = new Followers();
  readonly #ownEdits: OwnEdits;
  readonly #ownership: Ownership;
  readonly #authorship: Authorship;
  readonly #rereading: Rereading;
  #contents: Contents;
  #seatBytes: SeatTotals;
  #seatRecords: SeatTotals;
  /** Somebody was refused for want of room since the last look. */
  #isCramped = false;
  #isStale = false;

  /** Rejects when the stored rows cannot be read. */
  static async open(name: DocumentName, options: RoomOptions): Promise<DocumentRoom> {
    const stored = await options.documents.read(name);
    return new DocumentRoom(name, stored, await storedLog(name, stored), options);
  }

  /** `log`: of what is stored. */
  constructor(name: DocumentName, stored: StoredDocument, log: DocumentLog, options: RoomOptions) {
    this.name = name;
    this.#ref = refOf(name);
    this.lineage = stored.lineage;
    this.presence = new Presence(options.clock);
    this.outbox = new Outbox(this.members, this.presence);
    this.#options = options;
    this.#ownership = new Ownership(stored.owners);
    this.#ownEdits = new OwnEdits({
      name,
      copy: () => this.#contents.copy(),
      whole: () => this.#contents.whole(),
      queue: (edit) => this.#queueOwn({ document: this, ...edit, frame: 0 }),
    });
    this.#rereading = new Rereading(options.documents, {
      name,
      lineage: stored.lineage,
      seq: () => this.seq,
      replace: (...read) => this.#replace(...read),
      part: () => this.#giveUp(),
    });
    this.#contents = new Contents(stored, log);
    this.#authorship = new Authorship(() => this.#contents.log, this.#ownership);
    this.derivation = new Derivation(name, () => this.#contents.log, options.clock);
    this.#seatBytes = new SeatTotals(log.bytes, stored.owners);
    this.#seatRecords = new SeatTotals(log.records, stored.owners);
  }

  /** As they are now; another object when storage was read again. */
  get contents(): Omit<Contents, 'append'> {
    return this.#contents;
  }

  get seq(): number {
    return this.#contents.seq;
  }

  /** Whether somebody was refused for want of room since this was asked last. */
  takeCramped(): boolean {
    const isCramped = this.#isCramped;
    this.#isCramped = false;
    return isCramped;
  }

  get leases(): readonly ClientLease[] {
    return this.#ownership.unstored.map(([client, seat]) => ({ document: this.name, client, seat }));
  }

  get guards(): readonly EpochGuard[] {
    return this.#options.guards(this.#ref);
  }

  /** What is in memory can no longer be trusted: newcomers need a room built anew from storage. */
  get isStale(): boolean {
    return this.#isStale;
  }

  /** No row of this document is on its way to the disk. */
  get isSettled(): boolean {
    return this.#waiting.size === 0;
  }

  /** Leases the clientID to the seat. False when it is another's. */
  take(client: number, seat: SeatId): boolean {
    return this.#ownership.take([client], seat);
  }

  /** Keeps the clientID from others while somebody who only reads is announced with it. False when it is another's. */
  hold(client: number, seat: SeatId): boolean {
    return this.#ownership.hold(client, seat);
  }

  letGo(client: number, seat: SeatId): void {
    this.#ownership.letGo(client, seat);
  }

  offer(member: Member, frame: number, update: ScannedUpdate): Offered {
    const { log } = this.#contents;
    const news = newsOf(update, {
      clock: (client) => this.#nextClock(client),
      isDeleted: (client, clock, length) => log.isDeleted(client, clock, length),
    });
    if (news === 'nothing') return this.#contents.isKnown(update) ? 'known' : this.#follow({ update, member, frame });
    if (news === 'gap') return 'gap';
    const refusal = this.#refusalOf(news, member);
    if (refusal) return refusal;
    if (!this.#mayBring(writersOf(news), member.seat)) return 'stolenClient';
    const placed = putDown(news, log.places);
    if (!placed) return 'malformed';
    const isRecovering = this.#options.isRecovering?.(this.name) ?? false;
    const honest = isRecovering ? placed : this.#authorship.honest(placed, member.seat);
    if (this.#queue({ document: this, update: honest, seat: member.seat, author: member, frame })) return 'queued';
    takeBack(placed, log.places);
    return 'notStored';
  }

  /**
   * While the document takes back what its storage has lost, everybody may bring what others wrote: they have seen it, so it
   * was stored. Nobody becomes the owner of an id by that.
   */
  #mayBring(writers: readonly number[], seat: SeatId): boolean {
    return this.#options.isRecovering?.(this.name) || this.#ownership.take(writers, seat);
  }

  #refusalOf(news: ScannedUpdate, { seat, rules }: Member): 'tooLarge' | 'seatFull' | 'foreign' | null {
    const { length } = news.bytes;
    if (rules.roots && !belongs(news, rules.roots)) return 'foreign';
    const records = recordsIn(news);
    const isSeatFull =
      !this.#options.isRecovering?.(this.name) &&
      (this.#seatBytes.of(seat) + length > rules.seat ||
        (records > 0 && this.#seatRecords.of(seat) + records > rules.records));
    if (!isSeatFull && this.#contents.size + this.#waiting.bytes + length <= rules.document) return null;
    this.#isCramped = true;
    return isSeatFull ? 'seatFull' : 'tooLarge';
  }

  /** The server's own edit, through the same log. Its seq, or null when it changed nothing. Rejects with `StorageError` when it was not stored. */
  edit(seat: SeatId | null, change: OwnChange): Promise<number | null> {
    return this.#ownEdits.edit(seat, change);
  }

  allowed(entries: readonly JournalEntry[]): readonly JournalEntry[] {
    if (this.#isStale) {
      for (const { author, frame } of this.#drop(entries)) author.notStored(frame);
      return [];
    }
    const isAllowed = ({ author }: JournalEntry) => author.mayWrite;
    if (entries.every((entry) => isAllowed(entry) && this.#waiting.has(entry))) return entries;
    const barred = new Set(entries.filter((entry) => !isAllowed(entry)).map(({ seat }) => seat));
    // all that the seat has on its way: later edits build on the ones that are refused now
    const refused = barred.size > 0 ? this.#waiting.filter(({ seat }) => barred.has(seat)) : [];
    for (const { author, frame } of this.#drop(refused)) author.notAllowed(frame);
    if (refused.length > 0) this.#gaveBack();
    return entries.filter((entry) => this.#waiting.has(entry));
  }

  stored(entries: readonly JournalEntry[], after: number, leases: readonly ClientLease[]): void {
    const awaited = new Set(this.#waiting.remove(entries));
    this.#ownership.stored(leases.map(({ client, seat }) => [client, seat]));
    for (const [index, entry] of entries.entries()) {
      const { update, author, frame } = entry;
      // storage may have been read again between the commit and its answer
      if (after + 1 + index > this.seq && !this.#append(update)) {
        // nobody waits for ever: what is stored of it, a room built anew knows
        for (const { author: each, frame: number } of entries.slice(index)) each.notStored(number);
        return;
      }
      this.#ownEdits.stored(entry, after + 1 + index);
      // one that was given back before the disk answered is shown, but its author has offered it again
      this.outbox.add(update, awaited.has(entry) ? { author, frame } : null, this.seq);
      this.#options.onStored?.(this.name, after + 1 + index, update, entry.seat);
    }
    this.outbox.flush();
    this.#followers.answer(this.#contents, this.#waiting);
  }

  refused(entries: readonly JournalEntry[]): void {
    for (const { author, frame } of this.#drop(entries)) author.notStored(frame);
    this.#gaveBack();
  }

  reload(): Promise<void> {
    return this.#rereading.read(({ seq, lineage }) => seq !== this.seq || lineage !== this.lineage);
  }

  /** After a compaction: takes the snapshot, which is smaller than the rows that this room was built from. */
  shrink(): Promise<void> {
    return this.#rereading.read(() => true);
  }

  /** Cursors ride along with the edits that are on their way to the disk; where there are none they leave by themselves. */
  presenceChanged(): void {
    if (this.isSettled) this.outbox.presenceChanged();
  }

  renewPresence(silentFor: number): void {
    this.presence.renew(silentFor);
    this.presenceChanged();
  }

  destroy(): void {
    this.outbox.close();
  }

  #replace(stored: StoredDocument, log: DocumentLog, tail: readonly ScannedUpdate[]): void {
    const { clocks } = this.#contents.log;
    const isBehind = stored.seq > this.seq; // a commit that failed for all we know was stored after all
    this.#contents = new Contents(stored, log);
    this.#authorship.forget();
    this.#ownership.stored([...stored.owners]);
    this.#seatBytes = new SeatTotals(log.bytes, stored.owners);
    this.#seatRecords = new SeatTotals(log.records, stored.owners);
    for (const { seat, update } of this.#waiting) this.#count(seat, update, 1);
    for (const update of tail) this.#append(update);
    for (const { update } of this.#waiting) follow(update, log.places);
    if (isBehind) this.#tellSince(clocks);
  }

  #tellSince(clocks: ReadonlyMap<number, number>): void {
    const news = framed(encodeUpdate(this.#contents.log.since(clocks)));
    for (const member of this.members) member.write(news);
  }

  /** False when the row does not follow: what is in memory is wrong then, and everybody comes back to a room built anew. */
  #append(update: ScannedUpdate): boolean {
    try {
      this.#contents.append(update);
      this.#authorship.appended(update);
    } catch (error) {
      report(`${this.name}: row ${this.seq + 1} does not follow`, error);
      this.#giveUp();
      return false;
    }
    this.#rereading.appended(update);
    return true;
  }

  #follow(follower: Follower): 'queued' {
    this.#followers.add(follower);
    return 'queued';
  }

  #gaveBack(): void {
    this.#followers.answer(this.#contents, this.#waiting);
    this.presenceChanged();
  }

  #queueOwn(entry: JournalEntry): JournalEntry | null {
    this.#ownership.take(writersOf(entry.update), null);
    return this.#queue(entry) ? entry : null;
  }

  #queue(entry: JournalEntry): boolean {
    const isQueued = this.#options.journal.offer(entry);
    if (!isQueued) return false;
    this.#waiting.add(entry);
    follow(entry.update, this.#contents.log.places);
    this.#count(entry.seat, entry.update, 1);
    return true;
  }

  /** Those that were still waiting; they come to nothing. */
  #drop(entries: readonly JournalEntry[]): JournalEntry[] {
    const dropped = this.#waiting.remove(entries);
    for (const { seat, update } of dropped) {
      this.#count(seat, update, -1);
      for (const { client } of update.sections) this.#contents.log.places.cutBack(client, this.#nextClock(client));
    }
    return dropped;
  }

  #count(seat: SeatId | null, update: ScannedUpdate, sign: 1 | -1): void {
    this.#seatBytes.add(seat, sign * update.bytes.length);
    this.#seatRecords.add(seat, sign * recordsIn(update));
  }

  #nextClock(client: number): number {
    return Math.max(this.#contents.log.clock(client), this.#waiting.clock(client));
  }

  #giveUp(): void {
    this.#isStale = true;
    for (const member of [...this.members]) member.dismiss();
  }
}
