import type { SeatId } from '../ids.ts';
import { accepted, refused } from '../refusal.ts';
import { GRACE_MS } from '../script/grace.ts';
import type { CommandOf } from './commands.ts';
import type { Decision } from './decide.ts';
import { isAnother } from './decide-turns.ts';
import type { WorkshopState } from './state.ts';

/** Everybody comes together for a while, in the middle of a step: they have time to finish their sentence, and their boards wait. */
export function recallRooms(
  state: WorkshopState,
  { from, began }: CommandOf<'recallRooms'>,
  by: SeatId,
  at: number,
): Decision {
  if (state.closed) return refused({ kind: 'workshopClosed' });
  if (isAnother(state, from, began)) return refused({ kind: 'stepChanged' });
  if (state.recall) return accepted([]);
  if (state.step.turn) return refused({ kind: 'stepEnding' });
  return accepted([{ kind: 'roomsRecalled', startsAt: at + GRACE_MS, by, at }]);
}

/** `recall`: the version with it; a later one is not ended by who saw this. */
export function returnToRooms(
  state: WorkshopState,
  { recall }: CommandOf<'returnToRooms'>,
  by: SeatId,
  at: number,
): Decision {
  if (!state.recall || state.recall.version !== recall) return accepted([]);
  return accepted([{ kind: 'roomsReturned', by, at }]);
}
