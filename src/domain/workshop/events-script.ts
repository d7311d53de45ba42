import type { SeatId, StepId } from '../ids.ts';
import type { ByLanguage } from '../languages/by-language.ts';
import type { Script, Step } from '../script/step.ts';
import type { StepTexts } from './commands-script.ts';

interface Deed {
  readonly by: SeatId;
  readonly at: number;
}

/** A script that a workshop was given, and what was changed of it under way. */
export type ScriptEvent =
  /** `script`: its id in the library; null for one from a file. */
  | (Deed & {
      readonly kind: 'scriptChosen';
      readonly script: string | null;
      readonly title: ByLanguage;
      readonly steps: Script;
    })
  | (Deed & { readonly kind: 'scriptTakenBack'; readonly chosen: number })
  | (Deed & { readonly kind: 'stepInserted'; readonly step: Step; readonly after: StepId })
  | (Deed & { readonly kind: 'stepRemoved'; readonly step: StepId })
  | (Deed & { readonly kind: 'stepMoved'; readonly step: StepId; readonly after: StepId })
  | (Deed & { readonly kind: 'stepParked'; readonly step: StepId })
  | (Deed & { readonly kind: 'stepUnparked'; readonly step: StepId; readonly after: StepId })
  | (Deed & { readonly kind: 'stepSkipped' | 'stepUnskipped'; readonly step: StepId })
  | (Deed & { readonly kind: 'stepChanged'; readonly step: StepId; readonly to: StepTexts });
