import type { Cut } from './cuts.ts';
import type { Loss } from './high-water.ts';
import type { Forum } from '#domain/forum/forum.ts';
import type { Person, Role, Seat } from '#domain/forum/seat.ts';
import type { AccountId, CommandId, ForumId, SeatId, WorkshopId } from '#domain/ids.ts';
import type { Result } from '#domain/refusal.ts';
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

/**
 * Within it rights change together; its epoch grows with each change. `passes` is about every session and seat token: it grows when one
 * is taken away, so that who holds a socket open for it can hear of that in time, from another process too.
 */
export type AccessScope = `workshop:${WorkshopId}` | `forum:${ForumId}` | 'passes';

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

/** What was decided on a command; `version` is the workshop's once the command holds. */
export type CommandAnswer = Result<{ readonly version: number }>;

/** Written in one transaction with a command's events. */
export interface DecidedWith {
  readonly answer: CommandAnswer;
  readonly at: number;
  /** The forum with the plan that the events bring about, of the version after the stored one. */
  readonly forum?: Forum;
}

export interface EventStore {
  /**
   * Appends events, perhaps none, as versions `after + 1 …`; the last one becomes the epoch of the workshop. `conflict`: somebody
   * else appended or saved the forum first, decide again. `repeated`: this command id was decided before, nothing is written.
   * Without a command (the server's own deeds) nothing is kept beside the events.
   */
  append(
    workshop: WorkshopId,
    after: number,
    events: readonly WorkshopEvent[],
    command: CommandId | null,
    decided?: DecidedWith,
  ): Promise<'appended' | 'conflict' | 'repeated'>;
  /** What was decided on a command. Null: nothing yet, or so long ago that nobody asks again. */
  answer(workshop: WorkshopId, command: CommandId): Promise<CommandAnswer | null>;
  /** Forgets what was decided before a time. */
  prune(before: number): Promise<void>;
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
  /** Why it ends where it does; empty after a pause. */
  readonly cuts: readonly Cut[];
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

/** The document as its writer knows it: rows are for this lineage and no other. */
export interface KnownLineage {
  readonly document: DocumentName;
  readonly lineage: string;
}

/** Another writer has been there: what was to be written builds on a document that is not this one any more. */
export const otherWriter = (document: string, what: string): string => `${document}: ${what} by another writer`;

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
   * All rows and leases in ONE durable transaction, or none. Rejects when a seq is taken or lies in the snapshot (another writer),
   * when the document has another lineage than the writer knows, or a clientID is another seat's, and with `AccessChanged` when the epoch of a guard is not the stored one: what is written comes before
   * every change of rights that its guards had not seen.
   */
  append(
    rows: readonly DocumentAppend[],
    also?: {
      readonly leases?: readonly ClientLease[];
      readonly guards?: readonly EpochGuard[];
      readonly lineages?: readonly KnownLineage[];
    },
  ): Promise<void>;
  /** A document that was never written has no snapshot, no updates, seq 0 and a fresh lineage, which is stored. */
  read(document: DocumentName): Promise<StoredDocument>;
  /** Whether anything of it is stored. Who only looks asks this first, and need not `read`, which begins a document. */
  has(document: DocumentName): Promise<boolean>;
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

/** A browser that has a seat or a session. Dates are null when it has been there since before devices were listed. */
export interface Device {
  /** The hash of its token. */
  readonly hash: string;
  readonly createdAt: number | null;
  /** To the day. */
  readonly seenAt: number | null;
  readonly expiresAt: number | null;
  /** Such as `Firefox Android`; null: no browser that we know by name. */
  readonly name: string | null;
}

export interface PeopleStore {
  /** `device`: of the token. */
  addSeat(seat: Seat, person: Person, tokenHash: string | null, device?: NewDevice): Promise<void>;
  seat(id: SeatId): Promise<Seat | null>;
  /** How many have a seat now. */
  countOf(forum: ForumId): Promise<number>;
  /** The seat of a token that has no end, or one that is to come: the caller looks at its end. */
  seatByToken(tokenHash: string): Promise<Seat | null>;
  /** Null: no such token. */
  device(tokenHash: string): Promise<(Device & { readonly seat: Seat }) | null>;
  /** Devices that have a seat, the latest first. */
  devices(seat: SeatId): Promise<Device[]>;
  /** When the account became organizer of each forum that it organizes, the earliest first. */
  organizedBy(account: AccountId): Promise<number[]>;
  seatOfAccount(forum: ForumId, account: AccountId): Promise<Seat | null>;
  addToken(seat: SeatId, tokenHash: string, device?: NewDevice): Promise<void>;
  /** A visit of these devices. `name` null: as it was. `expiresAt`: of those that have no end yet. */
  seen(
    tokenHashes: readonly string[],
    visit: { readonly at: number; readonly name: string | null; readonly expiresAt: number | null },
  ): Promise<void>;
  /** Another end for every token in a forum. */
  setTokenEnd(forum: ForumId, expiresAt: number): Promise<void>;
  /** Of a seat, or of somebody who waits at the door. */
  removeToken(tokenHash: string): Promise<void>;
  /** Seats of the forum with their people, in order of joining; removed seats included. */
  ofForum(forum: ForumId): Promise<{ seat: Seat; person: Person }[]>;
  person(seat: SeatId): Promise<Person | null>;
  /** The seats whose clientIDs are leased on each of these documents: who wrote there, or was seen there. */
  wroteOn(documents: readonly DocumentName[]): Promise<ReadonlyMap<DocumentName, ReadonlySet<SeatId>>>;
  updatePerson(person: Person): Promise<void>;
  /** A change of rights in the forum: its epoch grows. False, and nothing changes, when the forum's last organizer would be gone. */
  setRole(seat: SeatId, role: Role): Promise<boolean>;
  /**
   * Marks the seat as removed: its tokens open nothing until it is restored. `keepOut`: nor do its devices get another seat. A change of rights in the forum: its epoch grows. False, and nothing
   * changes, when the forum's last organizer would be gone.
   */
  removeSeat(seat: SeatId, at: number, keepOut?: boolean): Promise<boolean>;
  /** Drops tokens that are over, and who waits no more. */
  prune(now: number): Promise<void>;
}

/** What is known of a device when it gets its token. */
export interface NewDevice {
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly name: string | null;
  readonly markHash?: string | null;
}

/** Why a seat is removed. */
export interface Removal {
  readonly keptOut: boolean;
  /** The seat of the same person that it was joined into. */
  readonly sameAs: SeatId | null;
}

/** Seats that were taken away, and the way back. */
export interface RemovalStore {
  /** Removes a seat of somebody who has another one: its tokens open that one from now on. A change of rights in the forum. */
  join(seat: SeatId, into: SeatId, at: number): Promise<void>;
  /** Takes a removal, a keeping out or a joining back, tokens included. A change of rights in the forum. */
  restore(seat: SeatId): Promise<void>;
  ofForum(forum: ForumId): Promise<ReadonlyMap<SeatId, Removal>>;
  /** The removed seat that a token was of. */
  seatOfToken(tokenHash: string): Promise<Seat | null>;
  /** Whether a device with this token or this mark is kept out of the forum. */
  isAccountKeptOut(forum: ForumId, account: AccountId): Promise<boolean>;
  isKeptOut(forum: ForumId, device: { tokenHash: string | null; markHash: string | null }): Promise<boolean>;
}

/** Somebody at the door of a full forum. The id is that of the seat they will have. */
export interface Waiting {
  readonly forumId: ForumId;
  readonly person: Person;
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface WaitingStore {
  /** Rejects when the token is somebody else's who waits. */
  add(waiting: Waiting, tokenHash: string, device: NewDevice): Promise<void>;
  byToken(tokenHash: string): Promise<Waiting | null>;
  /** In order of coming; `most` of them. */
  ofForum(forum: ForumId, most: number): Promise<Waiting[]>;
  countOf(forum: ForumId): Promise<number>;
  /** How many came before this one and wait still. */
  before(waiting: Waiting): Promise<number>;
  /** Gives a participant's seat under the token they wait with; `keepOut`: one that is removed and kept out at once. Null: waits no more. */
  seat(forum: ForumId, id: SeatId, at: number, keepOut: boolean): Promise<Seat | null>;
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
  | { readonly kind: 'moveSeat'; readonly seat: SeatId }
  /** A new password for an account, for whom the seat `by` vouches. */
  | { readonly kind: 'newPassword'; readonly account: AccountId; readonly by: SeatId };

/** A link with which somebody's password can be, or was, set anew. */
export interface PasswordLink {
  readonly by: SeatId;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly spentAt: number | null;
}

export interface AccountStore {
  count(): Promise<number>;
  /** False when the e-mail address is taken. Addresses are compared in lower case. */
  insert(account: Account, passwordHash: string): Promise<boolean>;
  byEmail(email: string): Promise<{ account: Account; passwordHash: string } | null>;
  byId(id: AccountId): Promise<Account | null>;
  /** In order of their addresses. */
  all(): Promise<Account[]>;
  /** Ends the account's sessions but `except`, its known devices and its open links, in the same transaction. Returns the hashes of what ended. */
  setPassword(id: AccountId, passwordHash: string, except: string | null): Promise<string[]>;
  addLink(tokenHash: string, purpose: LinkPurpose, expiresAt: number, createdAt?: number): Promise<void>;
  /** The latest first. */
  passwordLinks(account: AccountId): Promise<PasswordLink[]>;
  /** `expired` covers spent links that are still known ("taken"). */
  link(tokenHash: string): Promise<{ purpose: LinkPurpose; expiresAt: number; spentAt: number | null } | null>;
  /** True for exactly one caller, ever. */
  spendLink(tokenHash: string, at: number): Promise<boolean>;
  /** Remembers a device from which somebody has signed in; of an account's the latest twenty are kept. */
  addKnownDevice(markHash: string, account: AccountId, at: number): Promise<void>;
  isKnownDevice(markHash: string, account: AccountId): Promise<boolean>;
  /** Every seat of the account, removed ones too. */
  seats(id: AccountId): Promise<Seat[]>;
  /** Drops links that are over. */
  prune(now: number): Promise<void>;
}

/** Sessions by the hash of their id: who reads the database cannot become anybody. */
export interface SessionStore {
  insert(session: {
    idHash: string;
    account: AccountId;
    expiresAt: number;
    createdAt?: number;
    device?: string | null;
  }): Promise<void>;
  /** Sessions of the account that are not over, the latest first. */
  ofAccount(account: AccountId, now: number): Promise<Device[]>;
  /** A visit. */
  seen(idHash: string, at: number, device: string | null): Promise<void>;
  byHash(idHash: string): Promise<{ account: AccountId; expiresAt: number } | null>;
  extend(idHash: string, expiresAt: number): Promise<void>;
  remove(idHash: string): Promise<void>;
  /** Returns the hashes of those that ended. */
  removeOfAccount(account: AccountId, except?: string | null): Promise<string[]>;
  removeExpired(now: number): Promise<void>;
  /** Which of these hashes, of sessions and of seat tokens, are there, and when each is over (null: no end is known). */
  ends(hashes: readonly string[]): Promise<ReadonlyMap<string, number | null>>;
}

/** What an erasure took: who listens to these forums, and who holds a socket open by these passes, has to hear of it. */
export type Erased =
  | { readonly kind: 'erased'; readonly forums: readonly ForumId[]; readonly passes: readonly string[] }
  /** Nothing was erased: this forum would be left without an organizer. */
  | { readonly kind: 'lastOrganizer'; readonly forum: ForumId };

/**
 * Takes somebody out of the database and its files for good: name, country, organisation, tokens; of an account the address too. What
 * they wrote stays, under the id of a seat that has no name. Erasing again, or somebody unknown, is no error. `again`: the erasure
 * was granted before and a restored backup undid it, so that nothing may stand in its way.
 */
export interface ErasureStore {
  person(seat: SeatId, at: number, again?: boolean): Promise<Erased>;
  account(account: AccountId, at: number, again?: boolean): Promise<Erased>;
  /** Whether there is something to erase. */
  isKnown(who: { readonly seat: SeatId } | { readonly account: AccountId }): Promise<boolean>;
}

export interface Storage {
  readonly forums: ForumStore;
  readonly events: EventStore;
  readonly documents: DocumentStore;
  readonly access: AccessStore;
  readonly people: PeopleStore;
  readonly removals: RemovalStore;
  readonly waiting: WaitingStore;
  readonly accounts: AccountStore;
  readonly sessions: SessionStore;
  /** What the database was found to lack of what it has held, now and at earlier starts. */
  readonly losses: { readonly loss: Loss | null; readonly earlier: readonly Loss[] };
  readonly erasure: ErasureStore;
  /** Resolves when the database takes writes; rejects with what is wrong, a long silence too. For `/readyz`. */
  check(): Promise<void>;
  close(): Promise<void>;
}
