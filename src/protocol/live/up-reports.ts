import * as v from 'valibot';
import { room, whole } from './up-words.ts';

/** Which room reports. */
export const reportCommands = [
  v.strictObject({ kind: v.literal('nextReport'), from: whole }),
  v.strictObject({ kind: v.literal('giveReport'), room, from: whole, takesBack: v.optional(v.boolean()) }),
] as const;
