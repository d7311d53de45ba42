import { momentText, timeText } from '#lib/forum/days.ts';
import type { Translate } from '#lib/i18n/text.ts';
import type { RestoreTold } from '#protocol/board/restored.ts';

/** What people on a board are told of a restore. `isKept`: of their own words something is kept for them. */
export function restoreText(t: Translate, { of }: RestoreTold, by: string | null, isKept: boolean): string {
  const name = by ?? t('board.somebody');
  const told =
    of === null ? t('heard.restoreUndone', { name }) : t('heard.restored', { name, at: spoken(of, t.locale) });
  return isKept ? `${told} ${t('heard.restoredKept')}` : told;
}

/** A time of today needs no date. */
function spoken(at: number, locale: string): string {
  const isToday = new Date(at).toDateString() === new Date().toDateString();
  return isToday ? timeText(at, locale) : momentText(at, locale);
}
