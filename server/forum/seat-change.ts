import type { Person, Seat } from '#domain/forum/seat.ts';
import type { ForumId } from '#domain/ids.ts';

/** A seat that came, changed or (`removedAt`) went. */
export interface SeatChange {
  readonly seat: Seat;
  readonly person: Person;
}

/** `changes` is absent when they are not known: then whoever follows reads the people again. */
export type SeatListener = (forum: ForumId, changes?: readonly SeatChange[]) => void;
