import type { WorkshopView } from '../view.ts';

/** Whether a viewer is asked if they are done, by what they are shown; a state says the same (`asksPace`). */
export const isAskedPace = ({ closed, step, me }: Pick<WorkshopView, 'closed' | 'step' | 'me'>): boolean =>
  !closed && step.board === 'write' && me.role === 'participant' && me.room !== null;
