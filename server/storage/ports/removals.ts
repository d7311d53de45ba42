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
  ofForum(forum: ForumId): Promise<ReadonlyMap<SeatId, Removal>>;
  /** The removed seat that a token was of. */
  seatOfToken(tokenHash: string): Promise<Seat | null>;
  /** Whether a device with this token or this mark is kept out of the forum. */
  isAccountKeptOut(forum: ForumId, account: AccountId): Promise<boolean>;
  isKeptOut(forum: ForumId, device: { tokenHash: string | null; markHash: string | null }): Promise<boolean>;
}
