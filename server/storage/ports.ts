import type { Loss } from './high-water.ts';
import type { Forum } from '#domain/forum/forum.ts';
import type { Person, Role, Seat } from '#domain/forum/seat.ts';
import type { AccountId, CommandId, ForumId, SeatId, WorkshopId } from '#domain/ids.ts';
import type { WorkshopEvent } from '#domain/workshop/events.ts';
import type { DocumentName } from '#protocol/document-name.ts';

/**
 * What the rest of the server may ask of storage. No port shows a type of the database library; each has one
 * contract suite (`tests/contracts`) that runs on every dialect. Times are epoch milliseconds. Every method rejects with
 * `StorageError` when the disk or the database fails; nothing is half-written then.
 */
export class StorageError extends Error {
  override name = 'StorageError';
}

/** Within it rights change together; its epoch grows with each change. */
export type AccessScope = `workshop:${WorkshopId}` | `forum:${ForumId}`;

/** The epoch by which something was permitted. */
export interface EpochGuard {
  readonly scope: AccessScope;
  readonly epoch: number;
}

/** Rights have changed since they were looked up: nothing was written, ask again. */
export class AccessChanged extends Error {
  override name = 'AccessChanged';
  readonly scopes: readonly AccessScope[];

  constructor(scopes: readonly AccessScope[]) {
    super(`rights have changed in ${scopes.join(', ')}`);
    this.scopes = scopes;
  }
}

export interface ForumStore {
  /** False when slug or join code is taken. */
  insert(forum: Forum): Promise<boolean>;
  /** Saves `forum` if the stored version is `forum.version - 1`; false otherwise. */
  update(forum: Forum): Promise<boolean>;
  byId(id: ForumId): Promise<Forum | null>;
  bySlug(slug: string): Promise<Forum | null>;
  /** Finds expired codes too: the caller says "expired" rather than "unknown". */
  byJoinCode(code: string): Promise<Forum | null>;
  byWorkshop(id: WorkshopId): Promise<Forum | null>;
  byRoom(room: string): Promise<{ forum: Forum; workshop: WorkshopId } | null>;
  /** Forums in which the account has a seat, newest first. */
  ofAccount(account: AccountId): Promise<Forum[]>;
}

export interface EventStore {
  /**
   * Appends events as versions `after + 1 …`; the last one becomes the epoch of the workshop. `conflict`: somebody else appended first, decide again. `repeated`: this
   * command id was applied before, nothing is written.
   */
  append(
    workshop: WorkshopId,
    after: number,
    events: readonly WorkshopEvent[],
    command: CommandId,
  ): Promise<'appended' | 'conflict' | 'repeated'>;
  /** Events with a version above `after`, in order. */
  read(workshop: WorkshopId, after: number): Promise<WorkshopEvent[]>;
}

export interface DocumentAppend {
  readonly document: DocumentName;
  /** Position in the document's log: 1, 2, 3 … without gaps; the writer knows the last one. */
  readonly seq: number;
  readonly update: Uint8Array;
  /** Null for the server's own edits. */
  readonly seat: SeatId | null;
  readonly at: number;
}

/** A row of the log without its contents. */
export interface RowMark {
  readonly seq: number;
  readonly at: number;
  readonly seat: SeatId | null;
}

/** A document as it was after update `seq`, and the writing since the version before it. */
export interface Version {
  readonly seq: number;
  /** First and last edit. */
  readonly from: number;
  readonly at: number;
  /** Who wrote; null is the server. */
  readonly seats: readonly (SeatId | null)[];
  readonly isBeforeRestore: boolean;
}

export interface KeptVersion extends Version {
  /** The whole content as one update. */
  readonly state: Uint8Array;
}

/** From now on only this seat adds to the document under this clientID. */
export interface ClientLease {
  readonly document: DocumentName;
  /** A clientID of Yjs: a whole number below 2^53. */
  readonly client: number;
  /** Null for the server's own edits. */
  readonly seat: SeatId | null;
}

export const foreignLease = (document: DocumentName, client: number): string =>
  `client ${client} of ${document} belongs to another seat`;

export interface StoredDocument {
  readonly lineage: string;
  /** State up to and including `snapshotSeq` (0: none). */
  readonly snapshot: Uint8Array | null;
  readonly snapshotSeq: number;
  /** Updates behind the snapshot, in order of seq. They may share one buffer: copy one that is kept for long. */
  readonly updates: readonly Uint8Array[];
  /** Last seq in the log, at least `snapshotSeq`. */
  readonly seq: number;
  /** Leases of this lineage: clientID → seat. */
  readonly owners: ReadonlyMap<number, SeatId | null>;
}

export interface DocumentStore {
  /**
   * All rows and leases in ONE durable transaction, or none. Rejects when a seq is taken (another writer) or a clientID is
   * another seat's, and with `AccessChanged` when the epoch of a guard is not the stored one: what is written comes before
   * every change of rights that its guards had not seen.
   */
  append(
    rows: readonly DocumentAppend[],
    also?: { readonly leases?: readonly ClientLease[]; readonly guards?: readonly EpochGuard[] },
  ): Promise<void>;
  /** A document that was never written has no snapshot, no updates, seq 0 and a fresh lineage, which is stored. */
  read(document: DocumentName): Promise<StoredDocument>;
  /** What versions are told from, of one moment: the kept ones and the rows behind the snapshot, both in order of seq. */
  history(document: DocumentName): Promise<{ readonly kept: readonly Version[]; readonly rows: readonly RowMark[] }>;
  /**
   * Stores a snapshot of rows up to `seq` and drops those rows, in one transaction; in the same one it keeps versions and
   * drops others that were kept. Rejects when somebody else compacted since the versions were told.
   */
  compact(
    document: DocumentName,
    snapshot: Uint8Array,
    seq: number,
    versions?: {
      /** The snapshot's seq when they were told. */
      readonly after: number;
      readonly keep: readonly KeptVersion[];
      readonly drop: readonly Version[];
    },
  ): Promise<void>;
  /** The content of a kept version. */
  version(document: DocumentName, seq: number): Promise<Uint8Array | null>;
  /** Keeps a version, in the place of one with the same seq. */
  keepVersion(document: DocumentName, version: KeptVersion): Promise<void>;
  dropVersion(document: DocumentName, seq: number): Promise<void>;
  /** Gives the document a new lineage, without leases: what clients held from before will not merge any more. */
  renewLineage(document: DocumentName): Promise<string>;
  names(): Promise<DocumentName[]>;
}

export interface AccessStore {
  /** An entry for each scope; 0 where rights have never changed. */
  epochs(scopes: readonly AccessScope[]): Promise<ReadonlyMap<AccessScope, number>>;
}

export interface PeopleStore {
  addSeat(seat: Seat, person: Person, tokenHash: string | null): Promise<void>;
  seat(id: SeatId): Promise<Seat | null>;
  seatByToken(tokenHash: string): Promise<Seat | null>;
  seatOfAccount(forum: ForumId, account: AccountId): Promise<Seat | null>;
  addToken(seat: SeatId, tokenHash: string): Promise<void>;
  /** Seats of the forum with their people, in order of joining; removed seats included. */
  ofForum(forum: ForumId): Promise<{ seat: Seat; person: Person }[]>;
  person(seat: SeatId): Promise<Person | null>;
  /** The seats whose clientIDs are leased on each of these documents: who wrote there, or was seen there. */
  wroteOn(documents: readonly DocumentName[]): Promise<ReadonlyMap<DocumentName, ReadonlySet<SeatId>>>;
  updatePerson(person: Person): Promise<void>;
  /** A change of rights in the forum: its epoch grows. */
  setRole(seat: SeatId, role: Role): Promise<void>;
  /** Marks the seat as removed and forgets its tokens. A change of rights in the forum: its epoch grows. */
  removeSeat(seat: SeatId, at: number): Promise<void>;
}

export interface Account {
  readonly id: AccountId;
  readonly email: string;
  readonly name: string;
  readonly createdAt: number;
}

/** What a link may be spent on, once. */
export type LinkPurpose =
  | { readonly kind: 'setUp' }
  /** `by`: the seat that invites; null or absent is the operator. */
  | { readonly kind: 'invite'; readonly forum: ForumId; readonly role: Role; readonly by?: SeatId | null }
  | { readonly kind: 'moveSeat'; readonly seat: SeatId };

export interface AccountStore {
  count(): Promise<number>;
  /** False when the e-mail address is taken. Addresses are compared in lower case. */
  insert(account: Account, passwordHash: string): Promise<boolean>;
  byEmail(email: string): Promise<{ account: Account; passwordHash: string } | null>;
  byId(id: AccountId): Promise<Account | null>;
  addLink(tokenHash: string, purpose: LinkPurpose, expiresAt: number): Promise<void>;
  /** `expired` covers spent links that are still known ("taken"). */
  link(tokenHash: string): Promise<{ purpose: LinkPurpose; expiresAt: number; spentAt: number | null } | null>;
  /** True for exactly one caller, ever. */
  spendLink(tokenHash: string, at: number): Promise<boolean>;
}

/** Sessions by the hash of their id: who reads the database cannot become anybody. */
export interface SessionStore {
  insert(session: { idHash: string; account: AccountId; expiresAt: number }): Promise<void>;
  byHash(idHash: string): Promise<{ account: AccountId; expiresAt: number } | null>;
  extend(idHash: string, expiresAt: number): Promise<void>;
  remove(idHash: string): Promise<void>;
  removeOfAccount(account: AccountId): Promise<void>;
  removeExpired(now: number): Promise<void>;
}

export interface Storage {
  readonly forums: ForumStore;
  readonly events: EventStore;
  readonly documents: DocumentStore;
  readonly access: AccessStore;
  readonly people: PeopleStore;
  readonly accounts: AccountStore;
  readonly sessions: SessionStore;
  /** What the database was found to lack of what it has held, now and at earlier starts. */
  readonly losses: { readonly loss: Loss | null; readonly earlier: readonly Loss[] };
  /** Resolves when the database takes writes; rejects with what is wrong, a long silence too. For `/readyz`. */
  check(): Promise<void>;
  close(): Promise<void>;
}
