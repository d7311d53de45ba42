import type { RoomId, SeatId } from '../../ids.ts';
import type { TalkSettings } from '../../script/steps/talk.ts';
import type { WorkshopState } from '../state.ts';

/** People who hear each other: those of one room, or (null) everybody. */
export type Circle = RoomId | null;

/** Who speaks in a circle, and who is to. */
export interface Floor {
  /** The workshop's version with which somebody else, or nobody, came to speak. */
  readonly since: number;
  /**
   * `endsAt` counts from the step's clock, which stands still while that is paused. `place`: how many stood before them in the line; null:
   * they stood in none.
   */
  readonly speaker: { readonly seat: SeatId; readonly endsAt: number | null; readonly place: number | null } | null;
  /** Whose turn it is after that: everybody who has not spoken yet, or those who have asked to. */
  readonly line: readonly SeatId[];
  readonly spoken: ReadonlySet<SeatId>;
}

/** Of one step. Bounded by seats, however often the floor is passed on. */
export interface Talk {
  readonly turns: Exclude<TalkSettings['turns'], 'none'>;
  readonly floors: ReadonlyMap<Circle, Floor>;
  /** On the step's clock, when another step began. */
  readonly leftAt?: number;
}

/** What runs now, where people speak in turn. */
export const talkNow = ({ talks, step, closed }: WorkshopState): Talk | undefined =>
  closed ? undefined : talks?.get(step.id);

export const circleOf = (talk: Talk, { seating }: Pick<WorkshopState, 'seating'>, seat: SeatId): Circle | undefined =>
  talk.floors.has(null) ? (seating.has(seat) ? null : undefined) : seating.get(seat);

/** Seconds that each speaks; null: as long as they like. */
export const secondsOf = ({ turns }: Talk): number | null => (turns === 'queue' ? null : turns.each);
