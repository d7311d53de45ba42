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
