import type { WorkshopState } from './state.ts';

/** Whether somebody's own part may be another though neither their seat nor their role is: by what is announced, in groups, or closed. */
export const mayMineDiffer = (before: WorkshopState, now: WorkshopState): boolean =>
  before.closed !== now.closed ||
  [before, now].some(({ groups, step }) => groups !== undefined || step.turn?.seats !== undefined);
