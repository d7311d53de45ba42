import { INTERFACE_LANGUAGES, type Language } from './language.ts';
import { scriptIn, scriptOf, type Script } from './script.ts';

/** Whose text it is. */
export interface Writer {
  /** The writer's own language: it breaks ties. */
  readonly own: Language;
  /** The forum's working languages. */
  readonly forum: readonly Language[];
}

/** `guessLanguage`; a page may have to do without its tables for a moment. */
export type Guess = (text: string, likely: ReadonlyMap<Language, number>) => Language | null;

const OF_FORUM = 0.5; // points; less than one small word
const OF_THE_EIGHT = 0;

/**
 * The language of a text by its alphabet and the forum's languages. Where that leaves several, the writer's own if it can be; a text
 * without letters is in the writer's own language.
 */
export function languageOfText(text: string, { own, forum }: Writer, guess?: Guess): Language {
  const script = scriptIn(text);
  if (script === null) return own;
  const likely = new Map<Language, number>([
    ...INTERFACE_LANGUAGES.map((language) => [language, OF_THE_EIGHT] as const),
    ['uz-Cyrl', OF_THE_EIGHT],
    ...forum.map((language) => [language, OF_FORUM] as const),
  ]);
  const guessed = guess?.(text, likely);
  if (guessed) return statedAs(guessed, [...forum, own]);
  if (scriptOf(own) === script) return own;
  return forum.find((language) => scriptOf(language) === script) ?? USUAL[script] ?? `und-${script}`;
}

/** A forum's `en-GB` is what a guess calls `en`. */
const statedAs = (guessed: Language, stated: readonly Language[]): Language =>
  stated.find((language) => language === guessed || language.startsWith(`${guessed}-`)) ?? guessed;

/** What a text in an alphabet is in when nobody here states a language of that alphabet. */
const USUAL: Readonly<Partial<Record<Script, Language>>> = {
  Latn: 'en',
  Cyrl: 'ru',
  Arab: 'ur',
  Deva: 'hi',
  Guru: 'pa',
  Beng: 'bn',
  Geor: 'ka',
  Armn: 'hy',
  Hebr: 'he',
  Grek: 'el',
  Thai: 'th',
  Kore: 'ko',
  Jpan: 'ja',
  Hans: 'zh',
};
