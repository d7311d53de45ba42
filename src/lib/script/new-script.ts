import type { Locale } from '#lib/i18n/locales.ts';
import { SCRIPT_FORMAT, type ScriptFile } from '#protocol/script-schema.ts';

const TITLES: Record<Locale, string> = { en: 'New script', ru: 'Новый сценарий' };

/** What somebody begins with who writes one: the shortest workshop that makes sense. */
export const newScript = (locale: Locale): ScriptFile => ({
  script: SCRIPT_FORMAT,
  title: { [locale]: TITLES[locale] },
  steps: [
    { id: 'arrive', kind: 'arrive', minutes: null },
    { id: 'brief', kind: 'brief', minutes: 5 },
    { id: 'draft', kind: 'draft', minutes: 15 },
    { id: 'close', kind: 'close', minutes: null },
  ],
});
