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
  /** Absent while the step runs in which it was sent; then the version with which another began. */
  readonly over?: number;
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

/** Whether a seat was to read it and has not. What was for one room is not for who sits in another by now. */
export function isWithout(
  { to, read, room }: Broadcast,
  seat: SeatId,
  { seating }: Pick<WorkshopState, 'seating'>,
): boolean {
  const at = seating.get(seat);
  return to.has(seat) && !read.has(seat) && at !== undefined && (room === null || room === at);
}

/** What was said in a step is not said in a later one, nor when all is over. */
export const isSaid = ({ isTakenBack, over }: Broadcast, { closed }: Pick<WorkshopState, 'closed'>): boolean =>
  !isTakenBack && over === undefined && !closed;

/** Whether a seat has it still to read. */
export const awaits = (one: Broadcast, seat: SeatId, state: Pick<WorkshopState, 'seating' | 'closed'>): boolean =>
  isSaid(one, state) && isWithout(one, seat, state);
