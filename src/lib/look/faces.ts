import type { Locale } from '#lib/i18n/locales.ts';

/** What the first words of these pages are in. Who joins has better uses for a slow network than a font. */
const ROUTES: ReadonlySet<string | null> = new Set(['/', '/forums/[slug]/workshops/[id]']);

const FACES: Readonly<Record<Locale, RegExp>> = {
  en: /\/(?:onest|source-serif-4)-latin-wght-/,
  ru: /\/(?:onest|source-serif-4)-cyrillic-wght-/,
};

/** Whether a page is told of this font before its text is there. */
export const comesEarly = (path: string, route: string | null, locale: Locale): boolean =>
  ROUTES.has(route) && FACES[locale].test(path);
