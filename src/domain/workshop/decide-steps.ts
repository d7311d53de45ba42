import type { SeatId } from '../ids.ts';
import { accepted, refused } from '../refusal.ts';
import type { CommandOf } from './commands.ts';
import type { Decision } from './decide.ts';
import { isAnother } from './decide-turns.ts';
import type { WorkshopState } from './state.ts';

/** No grace: it is for the moment in which everybody is to look up. What people still have in hand stays theirs. */
export function freezeBoards(
  state: WorkshopState,
  { kind, from, began }: CommandOf<'freezeBoards' | 'unfreezeBoards'>,
  by: SeatId,
  at: number,
): Decision {
  if (state.closed) return refused({ kind: 'workshopClosed' });
  const isWanted = kind === 'freezeBoards';
  if ((state.frozen === true) === isWanted) return accepted([]);
  if (isAnother(state, from, began)) return refused({ kind: 'stepChanged' });
  return accepted([{ kind: isWanted ? 'boardsFrozen' : 'boardsUnfrozen', by, at }]);
}

export function closeWorkshop(state: WorkshopState, at: number): Decision {
  return accepted(state.closed ? [] : [{ kind: 'workshopClosed', at }]);
}

export function reopenWorkshop(state: WorkshopState, at: number): Decision {
  return accepted(state.closed ? [{ kind: 'workshopReopened', at }] : []);
}
