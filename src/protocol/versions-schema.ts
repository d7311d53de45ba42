import * as v from 'valibot';
import { LIMITS } from '#domain/limits.ts';
import { STEP_KINDS } from '#domain/script/step.ts';
import { oneLine } from '#domain/languages/one-line.ts';

const Person = v.object({ seat: v.nullable(v.string()), name: v.nullable(v.string()) });

/** Why a version ends where nobody paused. */
const Cut = v.variant('kind', [
  v.object({ kind: v.literal('stepBegan'), step: v.picklist(STEP_KINDS) }),
  v.object({ kind: v.literal('timeUp'), step: v.picklist(STEP_KINDS) }),
  v.object({ kind: v.literal('closed') }),
  /** Right after it much was deleted. Both may be 0: then most of the text went. */
  v.object({ kind: v.literal('deletion'), deleted: v.number(), merged: v.number() }),
  /** Somebody wanted it kept. `name` may be empty; `by` has none for a seat that is gone. */
  v.object({ kind: v.literal('kept'), name: v.string(), by: Person, at: v.number() }),
  /** It was kept, and is no more. */
  v.object({ kind: v.literal('letGo') }),
]);
export type Cut = v.InferOutput<typeof Cut>;

/** A board as it was at a moment, as `GET …/boards/<document>/versions` tells of it. */
const Version = v.object({
  /** Last position of the document's log that is in it; names the version. */
  seq: v.number(),
  /** First and last edit since the version before, in epoch milliseconds. */
  from: v.number(),
  at: v.number(),
  /** Who wrote since the version before. Without a name: the server itself, or a seat that is gone. */
  people: v.array(Person),
  isBeforeRestore: v.boolean(),
  cuts: v.array(Cut),
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

const Piece = v.object({ kind: v.picklist(['same', 'added', 'removed']), text: v.string() });
export type Piece = v.InferOutput<typeof Piece>;

/** What may have become of an item or a theme. `marked`: bold, links and the like; `language`: which one it is in. */
export const DEEDS = [
  'added',
  'deleted',
  'reworded',
  'marked',
  'language',
  'moved',
  'merged',
  'split',
  'commented',
] as const;
export type Deed = (typeof DEEDS)[number];

const Place = v.nullable(v.object({ text: v.string(), lang: v.string() }));

/** What became of one item or theme between two versions. */
const Change = v.object({
  deeds: v.array(v.picklist(DEEDS)),
  isTheme: v.boolean(),
  lang: v.string(),
  pieces: v.array(Piece),
  /** Title of the theme that it stands in, or stood in last; null: in none. */
  theme: Place,
  /** Where it was moved from; absent when it was not. */
  movedFrom: v.optional(Place),
  /** First words of the item that it was merged into. */
  mergedInto: v.optional(Place),
  /** How many comments came and went. */
  comments: v.optional(v.object({ added: v.number(), removed: v.number() })),
});
export type Change = v.InferOutput<typeof Change>;

/** Between two versions of a board. */
export const Comparison = v.object({
  /** The older one; 0 is the empty board. */
  from: v.number(),
  to: v.number(),
  /** Items, and themes, by what was done to them; one may count under several. */
  items: v.record(v.picklist(DEEDS), v.number()),
  themes: v.record(v.picklist(DEEDS), v.number()),
  /** In the order of the board, what was deleted last. */
  changes: v.array(Change),
  /** How many more there are. */
  beyond: v.number(),
});
export type Comparison = v.InferOutput<typeof Comparison>;

/** What is sent to keep a version: the board as it is now, or the version `seq`. */
export const KeepState = v.strictObject({
  name: v.pipe(v.string(), v.transform(oneLine), v.maxLength(LIMITS.nameOfVersion.most)),
  seq: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1))),
});

/** The version that is kept now. */
export const Kept = v.object({ seq: v.number() });
export type Kept = v.InferOutput<typeof Kept>;
