import type { StepRules } from '../step-rules.ts';

/** What `draft` was called in the first scripts. */
export const writeTogether: StepRules = {
  minutes: 30,
  defaults: {},
  task: 'write',
  board: () => 'write',
};
