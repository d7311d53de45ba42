import type { StepRules } from '../step-rules.ts';

export type ReportSettings = {
  /** For each room. */
  readonly seconds: number;
};

export const report: StepRules<ReportSettings> = {
  minutes: 10,
  defaults: { seconds: 120 },
  task: 'report',
  board: () => 'read',
};
