import { INTERFACE_LANGUAGES, type Language } from '#domain/languages/language.ts';

/** Widely read beside the interface's own; whoever misses theirs writes in it all the same and picks it for a card. */
const OTHERS = [
  'ar',
  'az',
  'de',
  'es',
  'fa',
  'fr',
  'hi',
  'hy',
  'ja',
  'ka',
  'kaa',
  'ko',
  'mn',
  'prs',
  'ps',
  'pt',
  'tr',
  'tt',
  'ug',
  'uk',
  'zh',
];

/** The forum's working languages first, then everything else that a seat may choose. */
export function languagesOffered(forum: readonly Language[]): {
  own: readonly Language[];
  others: readonly Language[];
} {
  return { own: forum, others: [...INTERFACE_LANGUAGES, ...OTHERS].filter((language) => !forum.includes(language)) };
}

/** What a guest most likely writes in: the first of the browser's languages that the forum works in, else one that is offered at all. */
export function likelyLanguage(wanted: readonly Language[], forum: readonly Language[], otherwise: Language): Language {
  const { own, others } = languagesOffered(forum);
  const inWhich = (language: Language, offered: readonly Language[]) =>
    [language, language.split('-')[0] ?? ''].find((tag) => offered.includes(tag));
  const first = (offered: readonly Language[]) => {
    for (const language of wanted) {
      const found = inWhich(language, offered);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return first(own) ?? first(others) ?? otherwise;
}
