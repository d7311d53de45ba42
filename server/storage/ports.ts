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
   * Appends events as versions `after + 1 …`. `conflict`: somebody else appended first, decide again. `repeated`: this
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

/** A clientID of Yjs belongs to the seat that first wrote under it; null is the server. */
export interface ClientLease {
  readonly document: DocumentName;
  readonly client: number;
  readonly seat: SeatId | null;
}

export type AccessScope = `workshop:${WorkshopId}` | `forum:${ForumId}`;
export interface EpochGuard {
  readonly scope: AccessScope;
  readonly epoch: number;
}
export class AccessChanged extends Error {
  override name = 'AccessChanged';
  readonly scopes: readonly AccessScope[];
  constructor(scopes: readonly AccessScope[]) {
    super(`access has changed: ${scopes.join(', ')}`);
    this.scopes = scopes;
  }
}

export interface StoredDocument {
  readonly owners: ReadonlyMap<number, SeatId | null>;
  readonly lineage: string;
  /** State up to and including `snapshotSeq` (0: none). */
  readonly snapshot: Uint8Array | null;
  readonly snapshotSeq: number;
  /** Updates behind the snapshot, in order of seq. */
  readonly updates: readonly Uint8Array[];
  /** Last seq in the log, at least `snapshotSeq`. */
  readonly seq: number;
}

export interface DocumentStore {
  /** All rows in ONE durable transaction, or none. Rejects when a seq is taken (another writer). */
  append(
    rows: readonly DocumentAppend[],
    also?: { leases?: readonly ClientLease[]; guards?: readonly EpochGuard[] },
  ): Promise<void>;
  /** A document that was never written has no snapshot, no updates, seq 0 and a fresh lineage, which is stored. */
  read(document: DocumentName): Promise<StoredDocument>;
  /** Stores a snapshot of rows up to `seq` and drops those rows, in one transaction. */
  compact(document: DocumentName, snapshot: Uint8Array, seq: number): Promise<void>;
  /** Gives the document a new lineage: what clients held from before will not merge any more. */
  renewLineage(document: DocumentName): Promise<string>;
  names(): Promise<DocumentName[]>;
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
  updatePerson(person: Person): Promise<void>;
  setRole(seat: SeatId, role: Role): Promise<void>;
  /** Marks the seat as removed and forgets its tokens. */
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
  readonly people: PeopleStore;
  readonly accounts: AccountStore;
  readonly sessions: SessionStore;
  readonly access: { epochs(scopes: readonly AccessScope[]): Promise<ReadonlyMap<AccessScope, number>> };
  /** Resolves when the database takes writes; rejects with what is wrong. For `/readyz`. */
  check(): Promise<void>;
  close(): Promise<void>;
}
