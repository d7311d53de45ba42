import { loadCatalogue } from '#lib/i18n/locales.ts';
import { translator } from '#lib/i18n/text.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ data }) => ({
  ...data,
  t: translator(await loadCatalogue(data.locale), data.locale),
});
