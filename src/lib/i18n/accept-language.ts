import type { Language } from '#domain/languages/language.ts';
import { tagOf } from '#domain/languages/tag.ts';
import { isLocale, type Locale } from './locales.ts';

/** The languages of an Accept-Language header without their regions, the most wanted first, none twice. */
export function languagesFrom(header: string | null): Language[] {
  const wanted = (header ?? '')
    .slice(0, LONGEST)
    .split(',')
    .map((part) => {
      const [tag = '', q = 'q=1'] = part.trim().split(';');
      return { language: withoutRegion(tagOf(tag.trim())), weight: Number(q.replace(/^\s*q=/, '')) || 0 };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .flatMap(({ language }) => language ?? []);
  return [...new Set(wanted)];
}

const LONGEST = 1_000; // characters; a browser with ten languages sends 100
const withoutRegion = (tag: Language | null): Language | undefined => tag?.replace(/-([A-Z]{2}|\d{3})$/, '');

/**
 * Whoever reads one of these reads Russian rather than English, and browsers set to them add English by themselves. Each has its own
 * place here until the interface speaks it.
 */
const READ_RUSSIAN: ReadonlySet<Language> = new Set([
  'ba',
  'dng',
  'kaa',
  'kk',
  'ky',
  'sgh',
  'tg',
  'tk',
  'tt',
  'uz',
  'wbl',
]);

/** The first language of an Accept-Language header that the interface speaks, or whose readers read one that it speaks. */
export function localeFrom(header: string | null): Locale {
  for (const tag of languagesFrom(header)) {
    const [language = '', script] = tag.split('-');
    if (isLocale(language)) return language;
    if (READ_RUSSIAN.has(language) && script !== 'Arab') return 'ru';
  }
  return 'en';
}
