import { browser } from '$app/environment';
import { loadCatalogue, messageSetOf } from '#lib/i18n/locales.ts';
import { pageText } from '#lib/i18n/page-text.svelte.ts';
import { translator } from '#lib/i18n/text.ts';
import { part } from '#lib/shell/part.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ data, route }) => {
  const { locale } = data;
  const set = messageSetOf(route.id);
  if (!browser || set === 'all') return { ...data, t: translator(await loadCatalogue(locale), locale) };
  return { ...data, t: pageText(await loadCatalogue(locale, set), locale, () => part(() => loadCatalogue(locale))) };
};
