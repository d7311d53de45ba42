import * as v from 'valibot';
import type { RoomId } from '#domain/ids.ts';
import { step } from './live/up-words.ts';
import type { MixAsk } from './mix-query.ts';

const SEEDS = 2 ** 32;
const MOST_ROOMS_TEXT = 3_000; // characters: sixty rooms' ids

const askSchema = v.object({
  way: v.picklist(['mix', 'level', 'step', 'as']),
  step: v.optional(step),
  country: v.optional(v.picklist(['mix', 'off']), 'mix'),
  language: v.optional(v.picklist(['company', 'mix', 'together', 'off']), 'company'),
  without: v.optional(v.pipe(v.string(), v.maxLength(MOST_ROOMS_TEXT)), ''),
  seed: v.optional(v.pipe(v.string(), v.regex(/^\d{1,10}$/), v.transform(Number), v.maxValue(SEEDS - 1))),
});

export function parseMixAsk(query: URLSearchParams): MixAsk | null {
  const parsed = v.safeParse(askSchema, Object.fromEntries(query));
  if (!parsed.success) return null;
  const { way, step, country, language, without, seed } = parsed.output;
  if ((way === 'step' || way === 'as') !== (step !== undefined)) return null;
  const rooms = without.split(',').filter((room) => room !== '') as RoomId[];
  return {
    way,
    ...(step && { step }),
    wish: { country, language },
    without: rooms,
    ...(seed !== undefined && { seed }),
  };
}
