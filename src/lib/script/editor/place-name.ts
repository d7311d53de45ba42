import type { Translate } from '#lib/i18n/text.ts';
import { stepName } from '#lib/live/step-name.ts';
import type { DraftScript } from './draft-script.ts';

/** What somebody calls a place that is named by its path, such as `steps[3].instruction.ru`. */
export function placeName(t: Translate, { steps }: DraftScript, path: string): string {
  const at = /^steps\[(\d+)\]/.exec(path)?.[1];
  return at === undefined ? t('scripts.wholeScript') : stepAt(t, steps, Number(at));
}

/** The first place where a script is not as it was before. */
export function placeOfChange(t: Translate, before: DraftScript, after: DraftScript): string {
  const [longer, other] = after.steps.length < before.steps.length ? [before, after] : [after, before];
  return stepAt(
    t,
    longer.steps,
    longer.steps.findIndex((step, at) => step !== other.steps[at]),
  );
}

function stepAt(t: Translate, steps: DraftScript['steps'], at: number): string {
  const step = steps[at];
  return step ? t('scripts.stepNumber', { place: at + 1, step: stepName(t, step) }) : t('scripts.wholeScript');
}
