import type { Translate } from '#lib/i18n/text.ts';
import { refusalText } from '#lib/ui/refusal-text.ts';
import type { HistoryRefusal } from './history-requests.ts';

/** Why it did not work, and what to do now. */
export function historyRefusalText(t: Translate, refusal: HistoryRefusal): string {
  if (refusal.kind === 'notReached' || refusal.kind === 'versionUnknown') return t(`versions.${refusal.kind}`);
  if (refusal.kind === 'notStored') return t('versions.notStored');
  return refusalText(t, refusal);
}
