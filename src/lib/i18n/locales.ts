/** The languages that the interface speaks today, each in its own words. */
export const LOCALES = { en: 'English', ru: 'Русский' } as const;
export type Locale = keyof typeof LOCALES;
export type Catalogue = Readonly<Record<string, (values?: Readonly<Record<string, unknown>>) => string>>;

export const isLocale = (value: unknown): value is Locale => typeof value === 'string' && Object.hasOwn(LOCALES, value);

/** What some pages say at first, as the build finds it out; the rest comes when it is needed. */
export type MessageSet = 'guest' | 'board' | 'standing' | 'all';

/** One import for each, so that a page loads its own locale and set. */
const LOADERS: Record<Locale, Record<MessageSet, () => Promise<{ default: Catalogue }>>> = {
  en: {
    guest: () => import('virtual:messages/en/guest'),
    board: () => import('virtual:messages/en/board'),
    standing: () => import('virtual:messages/en/standing'),
    all: () => import('virtual:messages/en/all'),
  },
  ru: {
    guest: () => import('virtual:messages/ru/guest'),
    board: () => import('virtual:messages/ru/board'),
    standing: () => import('virtual:messages/ru/standing'),
    all: () => import('virtual:messages/ru/all'),
  },
};

const SETS: Readonly<Record<string, MessageSet>> = {
  '/join': 'guest',
  '/join/[code]': 'guest',
  '/forums/[slug]/workshops/[id]': 'board',
};

export const messageSetOf = (route: string | null): MessageSet => SETS[route ?? ''] ?? 'all';

export const loadCatalogue = async (locale: Locale, set: MessageSet = 'all'): Promise<Catalogue> =>
  (await LOADERS[locale][set]()).default;
