import type { ByLanguage } from '#domain/languages/by-language.ts';
import type { Language } from '#domain/languages/language.ts';

export type WordedField = 'title' | 'instruction';
const FIELDS = ['title', 'instruction'] as const satisfies readonly WordedField[];

/** A step's words as they stand in fields. */
export type StepTexts = Record<WordedField, Record<Language, string>>;
/** As they are stored: null is none. */
export type StepWording = Readonly<Record<WordedField, ByLanguage | null>>;

export const noTexts = (): StepTexts => ({ title: {}, instruction: {} });
export const textsOf = ({ title, instruction }: StepWording): StepTexts => ({
  title: { ...title },
  instruction: { ...instruction },
});
export const wordingOf = ({ title, instruction }: StepTexts): StepWording => ({
  title: written(title),
  instruction: written(instruction),
});

function written(texts: Record<Language, string>): ByLanguage | null {
  const kept = Object.entries(texts).flatMap(([lang, text]) => (text.trim() ? [[lang, text.trim()] as const] : []));
  return kept.length === 0 ? null : Object.fromEntries(kept);
}

/** In which of these languages a text is missing that others have. */
export function missingIn(texts: StepTexts, languages: readonly Language[]): Record<WordedField, Language[]> {
  const of = (field: WordedField) => {
    const missing = languages.filter((lang) => !texts[field][lang]?.trim());
    return missing.length === languages.length ? [] : missing;
  };
  return { title: of('title'), instruction: of('instruction') };
}

/** The forum's languages, one's own, and whatever else a step has words in. */
export const languagesFor = (forum: readonly Language[], own: Language, texts: StepTexts): Language[] => [
  ...new Set([...forum, own, ...Object.keys(texts.title), ...Object.keys(texts.instruction)]),
];

export interface Meanwhile {
  readonly texts: StepTexts;
  /** What stands elsewhere by now where both have written. */
  readonly theirs: StepTexts;
  readonly isChanged: boolean;
}

/** What was written here, with what somebody else has saved since `was`: neither is lost. */
export function meanwhile(mine: StepTexts, was: StepWording, now: StepWording): Meanwhile {
  const texts = { title: { ...mine.title }, instruction: { ...mine.instruction } };
  const theirs = noTexts();
  let isChanged = false;
  for (const field of FIELDS)
    for (const lang of new Set([...Object.keys(was[field] ?? {}), ...Object.keys(now[field] ?? {})])) {
      const [before, after, own] = [
        was[field]?.[lang] ?? '',
        now[field]?.[lang] ?? '',
        mine[field][lang]?.trim() ?? '',
      ];
      if (before === after || own === after) continue;
      isChanged = true;
      if (own === before) texts[field][lang] = after;
      else theirs[field][lang] = after;
    }
  return { texts, theirs, isChanged };
}
