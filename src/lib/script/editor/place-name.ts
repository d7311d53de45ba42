import type { Translate } from '#lib/i18n/text.ts';
import { stepName } from '#lib/live/step-name.ts';
import type { DraftScript } from './draft-script.ts';

/** What somebody calls a place that is named by its path, such as `steps[3].instruction.ru`. */
export function placeName(t: Translate, { steps }: DraftScript, path: string): string {
  const at = /^steps\[(\d+)\]/.exec(path)?.[1];
  const step = at === undefined ? undefined : steps[Number(at)];
  if (!step) return t('scripts.wholeScript');
  return t('scripts.stepNumber', { place: Number(at) + 1, step: stepName(t, step) });
}
