import type { AccountId, ForumId, SeatId } from '#domain/ids.ts';

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
