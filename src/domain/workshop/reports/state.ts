import type { RoomId } from '../../ids.ts';
import type { WorkshopState } from '../state.ts';

/** Of one step in which rooms tell everybody what they have. Bounded by rooms, however often another is asked to. */
export interface Reports {
  /** Every room once, in the order in which they are to report. */
  readonly order: readonly RoomId[];
  /** The workshop's version with which another room, or none, came to report. */
  readonly since: number;
  /** `endsAt` counts from the step's clock, which stands still while that is paused. */
  readonly current: { readonly room: RoomId; readonly endsAt: number } | null;
  readonly done: ReadonlySet<RoomId>;
  /** On the step's clock, when another step began. */
  readonly leftAt?: number;
}

/** What runs now, where rooms report. */
export const reportsNow = ({ reports, step, closed }: WorkshopState): Reports | undefined =>
  closed ? undefined : reports?.get(step.id);

/** The room that reports now. */
export const reporting = (state: WorkshopState): RoomId | null => reportsNow(state)?.current?.room ?? null;

/** Who is to report after that. Where nobody sits there is nobody to do it. */
export function lineOf({ seating }: Pick<WorkshopState, 'seating'>, { order, current, done }: Reports): RoomId[] {
  const taken = new Set(seating.values());
  return order.filter((room) => taken.has(room) && !done.has(room) && room !== current?.room);
}
