import type { StepId } from '../ids.ts';
import type { ByLanguage } from '../languages/by-language.ts';
import type { InsertedKind } from '../script/step.ts';
import type { TalkSettings } from '../script/steps/talk.ts';

/** A step that is put in while a workshop is under way. */
export interface NewStep {
  readonly id: StepId;
  readonly kind: InsertedKind;
  readonly minutes: number | null;
  readonly title?: ByLanguage;
  readonly instruction?: ByLanguage;
  /** In each room, unless it says so. */
  readonly place?: 'plenary';
  readonly settings?: { readonly notes?: boolean; readonly turns?: TalkSettings['turns'] };
}

/** What of a step may be another until it begins; null takes a text away. */
export interface StepTexts {
  readonly title?: ByLanguage | null;
  readonly instruction?: ByLanguage | null;
  readonly minutes?: number | null;
}

/** What of a script is asked for, by those who run the workshop. `was`: how it stood then; others may have been quicker. */
export type ScriptCommand =
  /** By its id in the library; one from a file has none. */
  | { readonly kind: 'chooseScript'; readonly script: string | null }
  /** `chosen`: the workshop's version when it was. */
  | { readonly kind: 'takeBackScript'; readonly chosen: number }
  | { readonly kind: 'insertStep'; readonly step: NewStep; readonly after: StepId }
  /** Of a step that was put in. */
  | { readonly kind: 'removeStep'; readonly step: StepId }
  /** `was`: the step that stood before it. */
  | { readonly kind: 'moveStep'; readonly step: StepId; readonly after: StepId; readonly was?: StepId }
  | { readonly kind: 'skipStep' | 'unskipStep'; readonly step: StepId }
  /** Out of the row, to be had when it is wanted; and into it. */
  | { readonly kind: 'parkStep'; readonly step: StepId }
  | { readonly kind: 'unparkStep'; readonly step: StepId; readonly after: StepId }
  | { readonly kind: 'changeStep'; readonly step: StepId; readonly to: StepTexts; readonly was?: StepTexts };
