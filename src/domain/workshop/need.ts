import type { RoomId } from '../ids.ts';

/** What says of a room how much it needs somebody who runs the workshop. */
export interface RoomNeed {
  readonly room: RoomId;
  /** For help: since when (epoch milliseconds), and whether somebody is on the way. */
  readonly call: { readonly at: number; readonly isTaken: boolean } | null;
  /** People who are connected. */
  readonly here: number;
  /** Of them: who has written nothing for a while. */
  readonly silent: number;
  /** Of them: who wants more time. */
  readonly more: number;
}

const SILENT = 1 / 2; // of a room: one who thinks is no silent room

/**
 * Rooms, those first that need somebody most: who calls and nobody is on the way, the longest wait first; who calls and somebody is; who
 * is silent, by their share; who wants more time, by theirs. Rooms that need the same keep the order in which they are given.
 */
export const byNeed = (rooms: readonly RoomNeed[]): RoomId[] =>
  rooms
    .map((room) => ({ room: room.room, need: needOf(room) }))
    .sort((one, other) => one.need.rank - other.need.rank || one.need.within - other.need.within)
    .map(({ room }) => room);

/** Smaller comes first. */
function needOf({ call, here, silent, more }: RoomNeed): { readonly rank: number; readonly within: number } {
  if (call) return { rank: call.isTaken ? 1 : 0, within: call.at };
  const people = Math.max(1, here);
  if (silent > 0 && silent / people >= SILENT) return { rank: 2, within: -silent / people };
  if (more > 0) return { rank: 3, within: -more / people };
  return { rank: 4, within: 0 };
}
