import type { Language } from '#domain/languages/language.ts';

/** In its own words and the reader's: `қазақ тілі · Kazakh`. */
export function languageName(lang: Language, locale: string): string {
  const own = nameIn(lang, lang);
  const here = nameIn(lang, locale);
  return own === here ? here : `${own} · ${here}`;
}

function nameIn(lang: Language, locale: string): string {
  return new Intl.DisplayNames([locale, 'en'], { type: 'language' }).of(lang) ?? lang;
}
