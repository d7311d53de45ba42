import type { Actor } from '#domain/forum/seat.ts';
import type { ForumId } from '#domain/ids.ts';
import type { Access } from '#domain/permissions/access.ts';
import type { DocumentRef } from '#protocol/document-name.ts';
import type { AccessScope, EpochGuard } from '#server/storage/ports/access.ts';

/** Who may read and write which document, as the sync endpoint asks it: at the door, and again for every frame. */
export interface Permissions {
  /** The forum that a document belongs to; null when there is no such document. Awaited before `access` is asked. */
  load(ref: DocumentRef): Promise<{ readonly forumId: ForumId } | null>;
  /** Answers at once from what `load` brought in. Deny by default. */
  access(ref: DocumentRef, actor: Actor): Access;
  /** What `access` answers from, as of this moment: an append that they guard fails when storage has moved on. */
  guards(ref: DocumentRef): readonly EpochGuard[];
  /** Brings in what changed in these scopes. */
  refresh(scopes: readonly AccessScope[]): Promise<void>;
  /** Calls back after any change that may alter an answer. Returns how to stop. */
  onChange(listener: () => void): () => void;
}
