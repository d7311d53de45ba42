import { accepted } from '../refusal.ts';
import type { Decision } from './decide.ts';
import type { WorkshopState } from './state.ts';

export function closeWorkshop(state: WorkshopState, at: number): Decision {
  return accepted(state.closed ? [] : [{ kind: 'workshopClosed', at }]);
}

export function reopenWorkshop(state: WorkshopState, at: number): Decision {
  return accepted(state.closed ? [{ kind: 'workshopReopened', at }] : []);
}
