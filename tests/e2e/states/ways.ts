import type { Walk } from './at.ts';
import { everyForm } from './every-form.ts';
import { everyState } from './every-state.ts';
import { everyStep } from './every-step.ts';

/** Ways through the product, and how many states each has at least. */
export const WAYS: readonly [what: string, walk: (walk: Walk) => Promise<void>, states: number][] = [
  ['boards and pages', everyState, 60],
  ['steps', everyStep, 45],
  ['forms', everyForm, 33],
];
