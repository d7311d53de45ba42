import type { Forum } from '#domain/forum/forum.ts';
import type { AccountId, ForumId, WorkshopId } from '#domain/ids.ts';

export interface ForumStore {
  /** False when slug or join code is taken, or the forum has a rehearsal already. */
  insert(forum: Forum): Promise<boolean>;
  /** Saves `forum` if the stored version is `forum.version - 1`; false otherwise. */
  update(forum: Forum): Promise<boolean>;
  byId(id: ForumId): Promise<Forum | null>;
  bySlug(slug: string): Promise<Forum | null>;
  /** Finds expired codes too: the caller says "expired" rather than "unknown". */
  byJoinCode(code: string): Promise<Forum | null>;
  byWorkshop(id: WorkshopId): Promise<Forum | null>;
  byRoom(room: string): Promise<{ forum: Forum; workshop: WorkshopId } | null>;
  /** Forums in which the account has a seat, newest first; rehearsals are not among them. */
  ofAccount(account: AccountId): Promise<Forum[]>;
}
