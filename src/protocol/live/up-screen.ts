import * as v from 'valibot';
import { language, room } from './up-words.ts';

/** What stands on the screens. */
export const screenCommand = v.strictObject({
  kind: v.literal('setScreen'),
  show: v.variant('kind', [
    v.strictObject({ kind: v.picklist(['step', 'code', 'outcome']) }),
    v.strictObject({ kind: v.literal('board'), room }),
  ]),
  alsoIn: v.nullable(language),
});
