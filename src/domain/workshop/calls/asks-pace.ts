import { allows } from '../../script/allows.ts';
import type { WorkshopState } from '../state.ts';

/** Whether people are asked if they are done: where they write, also when the time for it is up. */
export function asksPace({ script, step, closed }: Pick<WorkshopState, 'script' | 'step' | 'closed'>): boolean {
  const running = script[step.index];
  return !closed && running !== undefined && allows(running).board === 'write';
}
