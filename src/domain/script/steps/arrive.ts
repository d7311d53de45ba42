import type { StepRules } from '../step-rules.ts';

export const arrive: StepRules = {
  minutes: null,
  defaults: {},
  task: 'arrive',
  board: () => 'read',
};
