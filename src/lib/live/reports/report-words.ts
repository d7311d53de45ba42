import type { RoomId } from '#domain/ids.ts';
import type { ReportsView } from '#domain/workshop/reports/view.ts';
import type { Translate } from '#lib/i18n/text.ts';

type NameOf = (room: RoomId) => string;

/** How it stands, in words for whoever sits in `own`; null: in no room, or it does not matter. */
export function reportText(t: Translate, reports: ReportsView, own: RoomId | null, nameOf: NameOf): string {
  const { current, line, done } = reports;
  if (current) return current.room === own ? t('talk.reportOwn') : t('talk.report', { room: nameOf(current.room) });
  const first = line[0];
  if (first === undefined) return t('talk.reportAll');
  if (done.length > 0) return t('talk.reportNobody');
  return first === own ? t('talk.reportFirstOwn') : t('talk.reportFirst', { room: nameOf(first) });
}

/** Where one's own room stands in line; empty where it does not, or where it says so above. */
export function ownPlaceText(t: Translate, { current, line, done }: ReportsView, own: RoomId | null): string {
  const before = own === null ? -1 : line.indexOf(own);
  const isFirst = before === 0 && !current && done.length === 0;
  if (before < 0 || isFirst) return '';
  return before === 0 ? t('talk.reportNextOwn') : t('talk.reportAfterOwn', { count: before + (current ? 1 : 0) });
}

/** Minutes and seconds that each room has. */
export const eachText = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${`${seconds % 60}`.padStart(2, '0')}`;
