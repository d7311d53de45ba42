import type { Person, Seat } from '#domain/forum/seat.ts';
import type { ForumId, SeatId } from '#domain/ids.ts';
import type { NewDevice } from './devices.ts';

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
  /** Of the first `most` who wait, each gets a seat that is removed at once; their devices are kept from nothing. All of them or none; says how many. */
  sendAway(forum: ForumId, most: number, at: number): Promise<number>;
  /** Puts at most `most` of those who were sent away at this moment back where they waited; says how many. */
  takeBack(forum: ForumId, at: number, most: number): Promise<number>;
}
