import type { AccountId, ForumId, SeatId } from '../ids.ts';
import type { Language } from '../languages/language.ts';

export const ROLES = ['organizer', 'facilitator', 'participant', 'observer', 'translator'] as const;
export type Role = (typeof ROLES)[number];

/** One person in one forum. Names live in `Person` only, so that erasing somebody is one row. */
export interface Seat {
  readonly id: SeatId;
  readonly forumId: ForumId;
  readonly role: Role;
  readonly accountId: AccountId | null;
  /** Epoch milliseconds. */
  readonly joinedAt: number;
  readonly removedAt: number | null;
}

export interface Person {
  readonly seatId: SeatId;
  readonly name: string;
  /** ISO 3166-1 alpha-2, or the words of somebody whose country nobody found. */
  readonly country: string | null;
  readonly organisation: string | null;
  readonly language: Language;
}

/** Who asks: rules see the role and the seat, never the name. */
export interface Actor {
  readonly seatId: SeatId;
  readonly role: Role;
}
