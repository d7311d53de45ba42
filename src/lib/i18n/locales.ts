/** The languages that the interface speaks today, each in its own words. */
export const LOCALES = { en: 'English', ru: 'Русский' } as const;
export type Locale = keyof typeof LOCALES;
export type Catalogue = Readonly<Record<string, (values?: Readonly<Record<string, unknown>>) => string>>;

export const isLocale = (value: unknown): value is Locale => typeof value === 'string' && Object.hasOwn(LOCALES, value);

/** One import a locale, so that the bundler makes one chunk a locale and a page loads only its own. */
const LOADERS: Record<Locale, () => Promise<{ default: Catalogue }>> = {
  en: () => import('virtual:messages/en'),
  ru: () => import('virtual:messages/ru'),
};

export const loadCatalogue = async (locale: Locale): Promise<Catalogue> => (await LOADERS[locale]()).default;

/** The languages (without region and script) of an Accept-Language header, the most wanted first. */
export function languagesFrom(header: string | null): string[] {
  return (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', q = 'q=1'] = part.trim().split(';');
      return { language: tag.split('-')[0]?.toLowerCase() ?? '', weight: Number(q.replace(/^\s*q=/, '')) || 0 };
    })
    .filter(({ language, weight }) => weight > 0 && /^[a-z]{2,3}$/.test(language))
    .sort((a, b) => b.weight - a.weight)
    .map(({ language }) => language);
}

/** The first language of an Accept-Language header that the interface speaks. */
export const localeFrom = (header: string | null): Locale => languagesFrom(header).find(isLocale) ?? 'en';
