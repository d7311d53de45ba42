import type { Forum } from '#domain/forum/forum.ts';
import type { ForumId } from '#domain/ids.ts';

/** Forums that are thrown away: nothing here touches one that is no rehearsal. */
export interface RehearsalStore {
  /** The rehearsal of a forum. */
  of(forum: ForumId): Promise<Forum | null>;
  all(): Promise<Forum[]>;
  /** Takes every seat and every place at its door away, before the rest goes. A change of rights in the forum. Says the tokens they had. */
  empty(rehearsal: ForumId, at: number): Promise<string[]>;
  /** Everything of it, once nobody writes there any more. Again, where it is gone already, takes what came behind. */
  remove(rehearsal: Forum): Promise<void>;
}
