import type { StepRules } from '../step-rules.ts';

type PauseSettings = {
  /** Wall-clock time of the forum, `HH:MM`; null: when its minutes are over. */
  readonly backAt: string | null;
};

export const pause: StepRules<PauseSettings> = {
  minutes: 15,
  defaults: { backAt: null },
  task: 'pause',
  board: () => 'read',
};
