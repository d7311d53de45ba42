import type { RoomId, SeatId, StepId } from '#domain/ids.ts';
import type { Wish } from '#domain/seating/guest.ts';
import type { Again } from '#domain/seating/met.ts';
import type { MixWay } from '#domain/seating/mix.ts';

/** What a preview is asked for by, in an address. */
export interface MixAsk {
  /** `step`: as that step, which comes, asks for it. `as`: as everybody sat in that step, which ran. */
  readonly way: Extract<MixWay, 'mix' | 'level'> | 'step' | 'as';
  readonly step?: StepId;
  readonly wish: Wish;
  /** Rooms that nobody is to sit in. */
  readonly without: readonly RoomId[];
  /** The same seed shows the same preview again; without one the server draws it. */
  readonly seed?: number;
}

export function mixQuery({ way, step, wish, without, seed }: MixAsk): string {
  const query = new URLSearchParams({ way, ...wish, ...(step && { step }) });
  if (without.length > 0) query.set('without', without.join());
  if (seed !== undefined) query.set('seed', `${seed}`);
  return query.toString();
}

/** How everybody would sit. Applied with `seed` and `version`, it is what happens. */
export interface MixPreview {
  readonly seed: number;
  readonly version: number;
  readonly rooms: readonly {
    readonly room: RoomId;
    readonly seats: readonly SeatId[];
    /** Whom nobody else there understands. */
    readonly alone: readonly SeatId[];
  }[];
  /** Who would change rooms, and from which. */
  readonly moves: readonly (readonly [SeatId, RoomId])[];
  /** How many are the only one with their language as they sit now. */
  readonly aloneNow: number;
  readonly again: Again;
}
