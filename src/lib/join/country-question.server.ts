import { countryName } from '#lib/forum/country-names.ts';
import { loadCatalogue, type Locale } from '#lib/i18n/locales.ts';
import { translator } from '#lib/i18n/text.ts';
import type { CountryQuestion } from './country-question.ts';

/** In words, because they are rarely asked and the join page is light. */
export async function countryQuestion(code: string, locale: Locale): Promise<CountryQuestion> {
  const t = translator(await loadCatalogue(locale), locale);
  const country = countryName(code, locale);
  return {
    code,
    text: t('forum.countryMeant', { country }),
    yes: t('forum.countryYes', { country }),
    keep: t('forum.countryKeep'),
  };
}
