import type { RoomId } from '#domain/ids.ts';
import { inLanguage } from '#domain/languages/by-language.ts';
import type { Language } from '#domain/languages/language.ts';
import type { Text } from '#domain/languages/text.ts';
import type { StepLine } from '#domain/workshop/view-script.ts';
import type { WorkshopView } from '#domain/workshop/view.ts';
import type { Translate } from '#lib/i18n/text.ts';
import { backAt } from '#lib/live/back-at.ts';
import { readingBecause } from './room-access.ts';

/** What a board says of its workshop's steps. */
export interface WordsOfStep {
  /** Of all steps that are run, in their order. */
  readonly names: readonly string[];
  readonly now: string;
  /** In which that is. */
  readonly lang: Language;
  /** What is asked of people, as the script says it. */
  readonly instruction: Text | null;
  /** Why the server takes nothing; null where it does. */
  readonly reading: string | null;
}

/**
 * In the first of these languages that the script has; names, which stand among the page's own words, in the page's if it can be. The page comes with those of its first view: this is only needed once a step
 * can change. `isHere`: where they are read; the server does not know the zone of the reader's clock. `document`:
 * the board that is shown, where it is not the room's.
 */
export function wordsOfStep(
  t: Translate,
  view: WorkshopView,
  languages: readonly Language[],
  room: RoomId,
  isHere = true,
  document?: string,
): WordsOfStep {
  const { step, closed } = view;
  const nameOf = ({ kind, title }: Pick<StepLine, 'kind' | 'title'>) =>
    inLanguage(title, [t.locale, ...languages]) ?? { text: t(`board.${kind}`), lang: t.locale };
  const now = closed ? { text: t('board.workshopClosed'), lang: t.locale } : nameOf(step);
  const reading = readingBecause(view, room, document);
  const time = isHere ? backAt(step, t.locale) : step.backAt;
  return {
    names: view.script.map((line) => nameOf(line).text),
    now: now.text,
    lang: now.lang,
    instruction: closed ? null : inLanguage(step.instruction, languages),
    reading:
      reading &&
      (reading === 'pause' && time ? t('board.reading_pauseUntil', { time }) : t(`board.reading_${reading}`)),
  };
}
