import type { StepRules } from '../step-rules.ts';

type DraftSettings = {
  /** How many recommendations a room is asked for. */
  readonly want: number;
  readonly brackets: boolean;
};

export const draft: StepRules<DraftSettings> = {
  minutes: 15,
  defaults: { want: 4, brackets: false },
  task: 'write',
  board: () => 'write',
};
