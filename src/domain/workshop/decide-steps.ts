import { accepted, refused } from '../refusal.ts';
import type { WorkshopCommand } from './commands.ts';
import type { Decision } from './decide.ts';
import type { WorkshopState } from './state.ts';

const MINUTE = 60_000;

type Starting = Pick<Extract<WorkshopCommand, { kind: 'startStep' }>, 'index' | 'from'>;
type Extending = Pick<Extract<WorkshopCommand, { kind: 'extendStep' }>, 'minutes' | 'from'>;

/**
 * Forwards, backwards, or again later. Two facilitators who press "next" at once start the step once, and who pressed it for a
 * step that is over by now moves nobody.
 */
export function startStep(state: WorkshopState, { index, from }: Starting, at: number): Decision {
  if (state.closed) return refused({ kind: 'workshopClosed' });
  const step = state.script[index];
  if (!step) return refused({ kind: 'stepUnknown' });
  if (index === state.step.index) return accepted([]);
  if (isAnother(state, from)) return refused({ kind: 'stepChanged' });
  const endsAt = step.minutes === null ? null : at + step.minutes * MINUTE;
  return accepted([{ kind: 'stepStarted', index, endsAt, at }]);
}

/** Counts from now when the time is up already, so that the minutes given are minutes had. */
export function extendStep(state: WorkshopState, { minutes, from }: Extending, at: number): Decision {
  if (state.closed) return refused({ kind: 'workshopClosed' });
  if (isAnother(state, from)) return refused({ kind: 'stepChanged' });
  if (state.step.endsAt === null) return accepted([]);
  return accepted([{ kind: 'stepExtended', endsAt: Math.max(at, state.step.endsAt) + minutes * MINUTE, at }]);
}

export function closeWorkshop(state: WorkshopState, at: number): Decision {
  return accepted(state.closed ? [] : [{ kind: 'workshopClosed', at }]);
}

export function reopenWorkshop(state: WorkshopState, at: number): Decision {
  return accepted(state.closed ? [{ kind: 'workshopReopened', at }] : []);
}

const isAnother = (state: WorkshopState, from: number | undefined): boolean =>
  from !== undefined && from !== state.step.index;
