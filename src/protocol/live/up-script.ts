import * as v from 'valibot';
import { INSERTED_KINDS } from '#domain/script/step.ts';
import { texts, titles, turns } from '#protocol/script-schema.ts';
import { step, whole } from './up-words.ts';

const minutes = v.nullable(whole);
const change = v.strictObject({
  title: v.optional(v.nullable(titles)),
  instruction: v.optional(v.nullable(texts)),
  minutes: v.optional(minutes),
});

/** Commands about a workshop's script. */
export const scriptCommands = [
  v.strictObject({
    kind: v.literal('chooseScript'),
    script: v.nullable(v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]{1,60}$/))),
  }),
  v.strictObject({ kind: v.literal('takeBackScript'), chosen: whole }),
  v.strictObject({
    kind: v.literal('insertStep'),
    step: v.strictObject({
      id: step,
      kind: v.picklist(INSERTED_KINDS),
      minutes,
      title: v.optional(titles),
      instruction: v.optional(texts),
      place: v.optional(v.literal('plenary')),
      settings: v.optional(v.strictObject({ notes: v.optional(v.boolean()), turns: v.optional(turns) })),
    }),
    after: step,
  }),
  v.strictObject({ kind: v.literal('removeStep'), step }),
  v.strictObject({ kind: v.literal('moveStep'), step, after: step, was: v.optional(step) }),
  v.strictObject({ kind: v.literal('parkStep'), step }),
  v.strictObject({ kind: v.literal('unparkStep'), step, after: step }),
  v.strictObject({ kind: v.picklist(['skipStep', 'unskipStep']), step }),
  v.strictObject({ kind: v.literal('changeStep'), step, to: change, was: v.optional(change) }),
] as const;
