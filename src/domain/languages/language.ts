/** A BCP 47 tag such as `en`, `ru`, `kk`, `uz`, `ur`. */
export type Language = string;

/** Languages the interface speaks or will speak; people may write in any language. */
export const INTERFACE_LANGUAGES = ['en', 'ru', 'kk', 'ky', 'tg', 'tk', 'uz', 'ur'] as const;

const RIGHT_TO_LEFT = new Set(['ar', 'ckb', 'dv', 'fa', 'he', 'ks', 'prs', 'ps', 'sd', 'ug', 'ur', 'yi']);
const RIGHT_TO_LEFT_SCRIPTS = new Set(['arab', 'hebr', 'syrc', 'thaa', 'nkoo']);
const TAG = /^[a-z]{2,3}(-[A-Za-z]{4})?(-([A-Z]{2}|\d{3}))?$/;

export function isLanguage(value: unknown): value is Language {
  return typeof value === 'string' && TAG.test(value);
}

/** Kazakh, Punjabi or Uzbek in Arabic script (`pa-Arab`) are right-to-left although the language alone is not. */
export function directionOf(lang: Language): 'ltr' | 'rtl' {
  const [language = '', ...rest] = lang.toLowerCase().split('-');
  const script = rest.find((part) => part.length === 4);
  if (script) return RIGHT_TO_LEFT_SCRIPTS.has(script) ? 'rtl' : 'ltr';
  return RIGHT_TO_LEFT.has(language) ? 'rtl' : 'ltr';
}
