import type { Language } from '#domain/languages/language.ts';

/** Letters that one of the region's languages has and its neighbours do not. */
const TELLING: readonly [Language, RegExp][] = [
  ['tg', /[ҷӣӯҳ]/giu],
  ['kk', /[әғұһі]/giu],
  ['ky', /[өүң]/giu],
  ['ur', /[ٹڈڑںےہ]/gu],
  ['tk', /[ňžýş]/giu],
  ['uz', /[oʻgʻ]ʻ/giu],
];
const LEAST = 3;

/** A guess for posts that do not say their language: by letters, then by script. */
export function languageOfText(text: string): Language {
  const cyrillic = count(text, /\p{Script=Cyrillic}/gu);
  const arabic = count(text, /\p{Script=Arabic}/gu);
  const latin = count(text, /\p{Script=Latin}/gu);
  if (arabic > latin && arabic > cyrillic) return 'ur';
  const told = TELLING.find(([, letters]) => count(text, letters) >= Math.max(LEAST, text.length / 200));
  if (told) return told[0];
  return cyrillic > latin ? 'ru' : 'en';
}

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
