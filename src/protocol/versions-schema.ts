import * as v from 'valibot';

/** A board as it was at a moment, as `GET …/rooms/<room>/versions` tells of it. */
const Version = v.object({
  /** Last position of the document's log that is in it; names the version. */
  seq: v.number(),
  /** First and last edit since the version before, in epoch milliseconds. */
  from: v.number(),
  at: v.number(),
  /** Who wrote since the version before. Without a name: the server itself, or a seat that is gone. */
  people: v.array(v.object({ seat: v.nullable(v.string()), name: v.nullable(v.string()) })),
  isBeforeRestore: v.boolean(),
  /** Board items against the version before. */
  added: v.number(),
  changed: v.number(),
  removed: v.number(),
  /** Board items in all. */
  items: v.number(),
  /** Counting would take too much: the four counts say nothing. */
  isUncounted: v.optional(v.literal(true)),
});
export type Version = v.InferOutput<typeof Version>;

/** Newest first: the first is the board as it is now. */
export const VersionList = v.object({ mayRestore: v.boolean(), versions: v.array(Version) });
export type VersionList = v.InferOutput<typeof VersionList>;

/** Answer of a restore. `before` is the version kept from just before it: restoring that one takes it back. */
export const Restored = v.object({ restoredFrom: v.number(), before: v.number() });
export type Restored = v.InferOutput<typeof Restored>;
