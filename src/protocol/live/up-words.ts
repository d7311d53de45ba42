import * as v from 'valibot';
import type { RoomId, SeatId, StepId } from '#domain/ids.ts';
import type { Language } from '#domain/languages/language.ts';

/** What commands are made of on the wire. */
export const id = v.pipe(v.string(), v.regex(/^[a-z0-9]{8,40}$/));
export const seat = v.pipe(
  id,
  v.transform((value) => value as SeatId),
);
export const room = v.pipe(
  id,
  v.transform((value) => value as RoomId),
);
export const step = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9-]{1,40}$/),
  v.transform((value) => value as StepId),
);
export const language = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}$/),
  v.transform((value) => value as Language),
);
export const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
