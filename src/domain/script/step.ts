import type { StepId } from '../ids.ts';

export const STEP_KINDS = ['arrive', 'writeTogether', 'close'] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** One instruction with its time; what it allows follows from its kind (`allows`). */
export interface Step {
  /** Stays the same wherever the step stands in its script. */
  readonly id: StepId;
  readonly kind: StepKind;
  /** Planned length; null runs until the facilitator moves on. */
  readonly minutes: number | null;
}

export type Script = readonly Step[];

export const MINUTE = 60_000; // ms

/** Of all that have a limit. */
export const minutesOf = (steps: readonly Pick<Step, 'minutes'>[]): number =>
  steps.reduce((sum, { minutes }) => sum + (minutes ?? 0), 0);

/** What the step at a place is called in a script that names none: in all that were stored before steps had ids. */
export const stepIdAt = (index: number): StepId => `step${index + 1}` as StepId;

/** The first script: people arrive, write one board a room together, and close. */
export const WRITE_TOGETHER: Script = [
  { id: stepIdAt(0), kind: 'arrive', minutes: null },
  { id: stepIdAt(1), kind: 'writeTogether', minutes: 30 },
  { id: stepIdAt(2), kind: 'close', minutes: null },
];
