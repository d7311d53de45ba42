import type { BroadcastId, RoomId, SeatId } from '../../ids.ts';
import type { Language } from '../../languages/language.ts';
import type { WorkshopState } from '../state.ts';
import type { Pace } from './commands.ts';

export interface HelpCall {
  /** The workshop's version with it. */
  readonly call: number;
  readonly seat: SeatId;
  readonly at: number;
  /** Who is on the way. */
  readonly by: SeatId | null;
}

export interface Broadcast {
  readonly id: BroadcastId;
  readonly text: string;
  readonly lang: Language;
  /** Null: all rooms. */
  readonly room: RoomId | null;
  readonly by: SeatId;
  readonly at: number;
  /** The step in which it was sent: whoever sits down while that runs is told as well. */
  readonly began: number;
  readonly to: ReadonlySet<SeatId>;
  readonly read: ReadonlySet<SeatId>;
  readonly isTakenBack: boolean;
}

/** Bounded by rooms, seats and the limit of broadcasts, however long the workshop goes on. */
export interface Calls {
  /** Open calls for help: one a room, the oldest first. */
  readonly help: ReadonlyMap<RoomId, HelpCall>;
  /** Of the running step. */
  readonly paces: ReadonlyMap<SeatId, Pace>;
  /** The last ones, the oldest first. */
  readonly broadcasts: readonly Broadcast[];
}

export const NO_CALLS: Calls = { help: new Map(), paces: new Map(), broadcasts: [] };

/** Whether a seat has it still to read. What was for one room is not for who sits in another by now. */
export function awaits(
  { isTakenBack, to, read, room }: Broadcast,
  seat: SeatId,
  state: Pick<WorkshopState, 'seating'>,
) {
  const at = state.seating.get(seat);
  return !isTakenBack && to.has(seat) && !read.has(seat) && at !== undefined && (room === null || room === at);
}
