import type { Account } from '#server/storage/ports/accounts.ts';
import type { Person, Seat } from '#domain/forum/seat.ts';
import type { ForumId } from '#domain/ids.ts';
import type { Services } from '#server/services.ts';

/** What hooks give every route. Across this seam only plain data and these functions pass. */
export interface Locals {
  readonly services: Services;
  /** The organizer or facilitator who is signed in. */
  account: Account | null;
  /** The seat of this browser in a forum: by its seat cookie, else by the account's seat. */
  seatIn(forum: ForumId): Promise<{ seat: Seat; person: Person } | null>;
  readonly locale: 'en' | 'ru';
  /** Storage failed while the answer was made. */
  isStorageAway: boolean;
}
