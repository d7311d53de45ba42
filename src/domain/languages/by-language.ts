import type { Language } from './language.ts';
import type { Text } from './text.ts';

/** One text in several languages, as whoever wrote a script gave it. */
export type ByLanguage = Readonly<Record<Language, string>>;

/** In the first of these languages that it has, a plain one (`uz`) for one with more to it (`uz-Cyrl`); else as it begins. */
export function inLanguage(texts: ByLanguage | undefined, wanted: readonly Language[]): Text | null {
  if (!texts) return null;
  const tags = [...wanted.flatMap((tag) => [tag, tag.split('-', 1)[0]!]), ...Object.keys(texts)];
  const lang = tags.find((tag) => Object.hasOwn(texts, tag));
  return lang === undefined ? null : { lang, text: texts[lang]! };
}

export function isSameText(one: ByLanguage | null | undefined, other: ByLanguage | null | undefined): boolean {
  const [left, right] = [Object.entries(one ?? {}), other ?? {}];
  return left.length === Object.keys(right).length && left.every(([lang, text]) => right[lang] === text);
}
