import { INTERFACE_LANGUAGES, type Language } from '#domain/languages/language.ts';

/** What the interface's languages call themselves: browsers' own tables lack half of them, and would differ from the server's. */
const OWN_NAMES: Readonly<Record<string, string>> = {
  en: 'English',
  kk: 'Қазақша',
  ky: 'Кыргызча',
  ru: 'Русский',
  tg: 'Тоҷикӣ',
  tk: 'Türkmençe',
  ur: 'اردو',
  uz: 'Oʻzbekcha',
};

/** The name of a language in a reader's language, with a capital as labels have; the tag itself when nobody named it. */
export function languageName(tag: Language, locale: string): string {
  const own = tag === locale ? OWN_NAMES[tag] : undefined;
  if (own) return own;
  const name = new Intl.DisplayNames([locale, 'en'], { type: 'language', fallback: 'code' }).of(tag) ?? tag;
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
}

/** The languages a form offers: those of the interface, and what the forum has beside them. */
export const languagesOffered = (own: readonly Language[]): Language[] => [
  ...INTERFACE_LANGUAGES,
  ...own.filter((tag) => !(INTERFACE_LANGUAGES as readonly string[]).includes(tag)),
];
