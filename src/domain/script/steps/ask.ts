import type { StepRules } from '../step-rules.ts';

export type AskSettings = {
  /** Whether others support a question. */
  readonly upvote: boolean;
  /** Nobody is told who asked. */
  readonly anonymous: boolean;
};

export const ask: StepRules<AskSettings> = {
  minutes: 5,
  defaults: { upvote: true, anonymous: false },
  task: 'ask',
  board: () => 'read',
};
