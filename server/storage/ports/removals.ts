import type { Seat } from '#domain/forum/seat.ts';
import type { AccountId, ForumId, SeatId } from '#domain/ids.ts';

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
  /** Removes those of them that are guests of the forum and take part; all or none. Says whom, and the tokens they had. A change of rights in the forum. */
  removeMany(
    forum: ForumId,
    seats: readonly SeatId[],
    at: number,
  ): Promise<{ readonly seats: readonly SeatId[]; readonly tokens: readonly string[] }>;
  /** Takes back what was removed at this moment, those who were kept out or joined into another seat excepted. Says the tokens. */
  restoreMany(forum: ForumId, at: number): Promise<{ readonly seats: number; readonly tokens: readonly string[] }>;
  ofForum(forum: ForumId): Promise<ReadonlyMap<SeatId, Removal>>;
  /** The removed seat that a token was of. */
  seatOfToken(tokenHash: string): Promise<Seat | null>;
  /** Whether a device with this token or this mark is kept out of the forum. */
  isAccountKeptOut(forum: ForumId, account: AccountId): Promise<boolean>;
  isKeptOut(forum: ForumId, device: { tokenHash: string | null; markHash: string | null }): Promise<boolean>;
}
