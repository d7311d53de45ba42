import type { RoomId, SeatId } from '../../ids.ts';
import type { TalkSettings } from '../../script/steps/talk.ts';
import { groupOf, groupsNow } from '../groups/state.ts';
import type { WorkshopState } from '../state.ts';

/** People who hear each other: those of one room, of one pair or group (its number), or (null) everybody. */
export type Circle = RoomId | number | null;

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

type Seated = Pick<WorkshopState, 'seating' | 'groups' | 'step'>;

export function circleOf(talk: Talk, state: Seated, seat: SeatId): Circle | undefined {
  const room = state.seating.get(seat);
  if (room === undefined) return undefined;
  if (talk.floors.has(null)) return null;
  const groups = groupsNow(state);
  return groups ? groupOf(groups, seat)?.number : room;
}

/** In the order in which they sat down. */
export function membersOf({ seating, ...state }: Seated, circle: Circle): SeatId[] {
  if (circle === null) return [...seating.keys()];
  const group = typeof circle === 'number' ? groupsNow(state)?.get(circle) : undefined;
  const isIn = (seat: SeatId, room: RoomId) =>
    group ? room === group.room && group.seats.includes(seat) : room === circle;
  return [...seating].flatMap(([seat, room]) => (isIn(seat, room) ? [seat] : []));
}

/** Seconds that each speaks; null: as long as they like. */
export const secondsOf = ({ turns }: Talk): number | null => (turns === 'queue' ? null : turns.each);
