import type { StepRules } from '../step-rules.ts';

type BriefSettings = {
  /** A vote to try out; there is none here yet. */
  readonly test: boolean;
};

export const brief: StepRules<BriefSettings> = {
  minutes: 5,
  defaults: { test: true },
  task: 'listen',
  board: () => 'read',
};
