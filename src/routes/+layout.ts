import { browser } from '$app/environment';
import { loadCatalogue, messageSetOf, type Locale, type MessageSet } from '#lib/i18n/locales.ts';
import { pageText } from '#lib/i18n/page-text.svelte.ts';
import { translator, type Translate } from '#lib/i18n/text.ts';
import { part } from '#lib/shell/part.ts';
import type { LayoutLoad } from './$types';

/** The router reads the page's data once more when it comes, and nothing is to be shown anew for that. */
let shown: { readonly set: MessageSet; readonly t: Translate } | null = null;

export const load: LayoutLoad = async ({ data, route }) => {
  const set = messageSetOf(route.id);
  const [t, PageHeader] = await Promise.all([textOf(data.locale, set), browser && set === 'board' ? null : header()]);
  return { ...data, t, PageHeader };
};

/** A board has a bar of its own. */
const header = async () => (await part(() => import('#lib/shell/PageHeader.svelte'))).default;

async function textOf(locale: Locale, set: MessageSet): Promise<Translate> {
  if (!browser || set === 'all') return translator(await loadCatalogue(locale), locale);
  if (shown?.set !== set || shown.t.locale !== locale) {
    const some = await part(() => loadCatalogue(locale, set));
    shown = { set, t: pageText(some, locale, (set) => part(() => loadCatalogue(locale, set))) };
  }
  return shown.t;
}
