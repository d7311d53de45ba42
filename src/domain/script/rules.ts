import type { Step, StepKind } from './step.ts';
import type { StepRules } from './step-rules.ts';
import { arrive } from './steps/arrive.ts';
import { ask } from './steps/ask.ts';
import { brief } from './steps/brief.ts';
import { close } from './steps/close.ts';
import { draft } from './steps/draft.ts';
import { pause } from './steps/pause.ts';
import { report } from './steps/report.ts';
import { talk } from './steps/talk.ts';
import { writeTogether } from './steps/write-together.ts';

const RULES: { readonly [Kind in StepKind]: StepRules } = {
  arrive,
  brief,
  talk,
  ask,
  writeTogether,
  draft,
  report,
  pause,
  close,
};

export const rulesOf = (kind: StepKind): StepRules => RULES[kind];

/** A step's settings with those of its kind where it has none. */
export const settingsOf = ({ kind, settings }: Pick<Step, 'settings'> & { kind: StepKind }): StepRules['defaults'] => ({
  ...RULES[kind].defaults,
  ...settings,
});
