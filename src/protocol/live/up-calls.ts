import * as v from 'valibot';
import type { BroadcastId } from '#domain/ids.ts';
import { id, language, room, seat, whole } from './up-words.ts';

const broadcast = v.pipe(
  id,
  v.transform((value) => value as BroadcastId),
);

/** How people in rooms and those who run the workshop reach each other. */
export const callCommands = [
  v.strictObject({ kind: v.literal('callHelp') }),
  v.strictObject({ kind: v.literal('callOffHelp'), call: whole }),
  v.strictObject({ kind: v.literal('takeHelp'), call: whole, instead: v.optional(seat) }),
  v.strictObject({ kind: v.literal('leaveHelp'), call: whole }),
  v.strictObject({ kind: v.literal('endHelp'), call: whole }),
  v.strictObject({ kind: v.literal('tellPace'), pace: v.nullable(v.picklist(['done', 'more'])), began: whole }),
  v.strictObject({
    kind: v.literal('sendBroadcast'),
    id: broadcast,
    text: v.pipe(v.string(), v.maxLength(1_200)), // what is too long is refused in words, by the rule itself
    lang: language,
    room: v.optional(room),
    until: v.pipe(v.number(), v.finite()),
  }),
  v.strictObject({ kind: v.literal('takeBackBroadcast'), id: broadcast }),
  v.strictObject({ kind: v.literal('readBroadcast'), id: broadcast }),
] as const;
