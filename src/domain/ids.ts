declare const brand: unique symbol;

/** A string that was checked or made once and is trusted from there on. */
export type Id<Name extends string> = string & { readonly [brand]: Name };

export type AccountId = Id<'account'>;
export type ForumId = Id<'forum'>;
export type WorkshopId = Id<'workshop'>;
export type RoomId = Id<'room'>;
export type SeatId = Id<'seat'>;
export type ThemeId = Id<'theme'>;
export type ScriptId = Id<'script'>;
export type StepId = Id<'step'>;
export type ItemId = Id<'item'>;
export type CommentId = Id<'comment'>;
export type BroadcastId = Id<'broadcast'>;
export type QuestionId = Id<'question'>;
export type CommandId = Id<'command'>;
