import type { StepId } from '../ids.ts';
import type { ByLanguage } from '../languages/by-language.ts';

/** Those that can be run here. */
export const STEP_KINDS = [
  'arrive',
  'brief',
  'talk',
  'ask',
  'writeTogether',
  'draft',
  'report',
  'pause',
  'close',
] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** Those that can be put in while a workshop is under way: people arrive once, what closes the whole stays last, and `draft` is the new name of the oldest. */
export const INSERTED_KINDS = ['brief', 'talk', 'ask', 'draft', 'report', 'pause'] as const;
export type InsertedKind = (typeof INSERTED_KINDS)[number];

/** Those that a script may hold all the same: they are kept, and passed over. */
export const LATER_KINDS = [
  'write',
  'pass',
  'select',
  'cluster',
  'vote',
  'merge',
  'polish',
  'agree',
  'adopt',
  'commit',
] as const;
export type AnyStepKind = StepKind | (typeof LATER_KINDS)[number];

export type Place = 'alone' | 'pairs' | 'rooms' | 'plenary' | { readonly groups: 3 | 4 | 5 | 6 };
/** `as`: everybody where they sat in that step. */
export type StepSeating = 'keep' | 'join' | 'shuffle' | 'rotate' | 'home' | { readonly as: StepId };

/** One instruction with its time; what it allows follows from its kind (`allows`). */
export interface Step {
  /** Stays the same wherever the step stands in its script. */
  readonly id: StepId;
  readonly kind: AnyStepKind;
  /** Planned length; null runs until the facilitator moves on. */
  readonly minutes: number | null;
  readonly title?: ByLanguage;
  /** What participants are to do. */
  readonly instruction?: ByLanguage;
  /** For the eyes of those who run the workshop. */
  readonly note?: string;
  /** Wall-clock time that the plan keeps to, `HH:MM`. */
  readonly startsAt?: string;
  readonly place?: Place;
  readonly seating?: StepSeating;
  readonly advance?: 'byHand' | 'whenOver';
  readonly ready?: boolean;
  readonly part?: { readonly group: string; readonly round: number; readonly of: number };
  /** What its kind lets one set, where that is not as usual. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Passed over, by whoever runs the workshop. */
  readonly isSkipped?: true;
  /** Came in while the workshop was under way, and may go again. */
  readonly isInserted?: true;
}

export type Script = readonly Step[];
export type PlayableStep = Step & { readonly kind: StepKind };

export const MINUTE = 60_000; // ms

export const isPlayable = (kind: string): kind is StepKind => (STEP_KINDS as readonly string[]).includes(kind);

/** Whether “next” and “back” stop here. */
export const takesPlace = (step: Step): step is PlayableStep => isPlayable(step.kind) && !step.isSkipped;

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
