import type { Text } from '#domain/languages/text.ts';
import type { MessageKey, Translate } from '#lib/i18n/text.ts';

/** What the check says most; what is said about one field in a hundred stays in the check's own English. */
const REASONS: Readonly<Record<string, MessageKey>> = {
  'is missing': 'script.problem_missing',
  'is unknown': 'script.problem_unknown',
  'is used twice': 'script.problem_twice',
  'has no language': 'script.problem_noLanguage',
  'must be an object': 'script.problem_object',
  'must be a whole number': 'script.problem_whole',
  'must be a time such as 13:00': 'script.problem_time',
};

export function problemText(t: Translate, reason: string): Text {
  const key = REASONS[reason];
  return key ? { text: t(key), lang: t.locale } : { text: reason, lang: 'en' };
}
