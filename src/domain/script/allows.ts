import { rulesOf, settingsOf } from './rules.ts';
import { isPlayable, type Step } from './step.ts';

/** What participants may do with their room's board while a step runs. */
export function allows({ kind, settings }: Pick<Step, 'kind' | 'settings'>): { readonly board: 'read' | 'write' } {
  if (!isPlayable(kind)) return { board: 'read' };
  return { board: rulesOf(kind).board(settingsOf({ kind, ...(settings && { settings }) })) };
}
