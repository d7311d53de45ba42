import { INTERFACE_LANGUAGES, type Language } from '#domain/languages/language.ts';
import { autonymOf } from '#domain/languages/autonyms.ts';
import { nameOfLanguage } from '#domain/languages/language-names.ts';

/** The name of a language in a reader's language, with a capital as labels have; the tag itself when nobody named it. */
export function languageName(tag: Language, locale: string): string {
  const own = tag === locale ? autonymOf(tag) : undefined;
  if (own) return own;
  const name = nameOfLanguage(tag, locale) ?? dataName(tag, locale) ?? autonymOf(tag) ?? tag;
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
}

/** In its own words and the reader's: `Қазақша · Kazakh`. */
export function languageNames(tag: Language, locale: string): string {
  const own = languageName(tag, tag);
  const here = languageName(tag, locale);
  return own === here ? here : `${own} · ${here}`;
}

/** The languages a form offers: those of the interface, and what the forum has beside them. */
export const languagesOffered = (own: readonly Language[]): Language[] => [
  ...INTERFACE_LANGUAGES,
  ...own.filter((tag) => !(INTERFACE_LANGUAGES as readonly string[]).includes(tag)),
];

const dataName = (tag: Language, locale: string): string | undefined =>
  new Intl.DisplayNames([locale, 'en'], { type: 'language', fallback: 'none' }).of(tag);
