import * as v from 'valibot';
import { room, seat, whole } from './up-words.ts';

/** A room, a pair or group by its number, or null: everybody. */
const circle = v.nullable(v.union([room, whole]));

/** Who speaks while people talk. */
export const talkCommands = [
  v.strictObject({ kind: v.literal('askToSpeak'), began: whole }),
  v.strictObject({ kind: v.literal('takeBackAsking'), began: whole }),
  v.strictObject({ kind: v.literal('passOn'), circle, from: whole }),
  v.strictObject({ kind: v.literal('giveFloor'), circle, seat, from: whole, takesBack: v.optional(v.boolean()) }),
] as const;
