export const STEP_KINDS = ['arrive', 'writeTogether', 'close'] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** One instruction with its time; what it allows follows from its kind (`allows`). */
export interface Step {
  readonly kind: StepKind;
  /** Planned length; null runs until the facilitator moves on. */
  readonly minutes: number | null;
}

export type Script = readonly Step[];

/** The first script: people arrive, write one board a room together, and close. */
export const WRITE_TOGETHER: Script = [
  { kind: 'arrive', minutes: null },
  { kind: 'writeTogether', minutes: 30 },
  { kind: 'close', minutes: null },
];
