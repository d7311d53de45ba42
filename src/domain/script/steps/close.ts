import type { StepRules } from '../step-rules.ts';

export const close: StepRules = {
  minutes: null,
  defaults: {},
  task: 'close',
  board: () => 'read',
};
