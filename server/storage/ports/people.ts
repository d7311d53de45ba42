import type { Person, Role, Seat } from '#domain/forum/seat.ts';
import type { AccountId, ForumId, SeatId } from '#domain/ids.ts';
import type { DocumentName } from '#protocol/document-name.ts';
import type { Device, NewDevice } from './devices.ts';

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
  /** Names of its organizers and facilitators. */
  leadersOf(forum: ForumId): Promise<string[]>;
  person(seat: SeatId): Promise<Person | null>;
  /** The seats whose clientIDs are leased on each of these documents: who wrote there, or was seen there. */
  wroteOn(documents: readonly DocumentName[]): Promise<ReadonlyMap<DocumentName, ReadonlySet<SeatId>>>;
  /** Seats of the forum that have written in any document, or asked a question. */
  writersIn(forum: ForumId): Promise<ReadonlySet<SeatId>>;
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
