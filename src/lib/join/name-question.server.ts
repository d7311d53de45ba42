import { loadCatalogue, type Locale } from '#lib/i18n/locales.ts';
import { translator } from '#lib/i18n/text.ts';

/** For whoever comes by the name of somebody who runs the forum. In words, because they are rarely asked and the join page is light. */
export async function nameQuestion(name: string, locale: Locale): Promise<string> {
  const t = translator(await loadCatalogue(locale), locale);
  return t('forum.nameOfLeader', { name });
}
