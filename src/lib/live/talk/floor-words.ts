import type { SeatId } from '#domain/ids.ts';
import type { Translate } from '#lib/i18n/text.ts';
import type { FloorShown } from './floor-shown.ts';

type NameOf = (seat: SeatId) => string;

/** How it stands, in words for whoever it is. */
export function standingText(t: Translate, floor: FloorShown, me: SeatId | null, nameOf: NameOf): string {
  const { speaker, line, isQueue } = floor;
  if (speaker) return speaker.seat === me ? t('talk.youSpeak') : t('talk.speaks', { name: nameOf(speaker.seat) });
  if (isQueue) return t('talk.nobody');
  const first = line[0];
  if (first === undefined) return t('talk.allSpoken');
  return first === me ? t('talk.youBegin') : t('talk.notBegun', { name: nameOf(first) });
}

/** What the button says that passes the floor on; null: there is nobody to whom it could go. */
export function passOnText(t: Translate, floor: FloorShown, me: SeatId | null, nameOf: NameOf): string | null {
  const { speaker, line, isQueue } = floor;
  const next = line[0];
  if (speaker && speaker.seat === me) return t('talk.finish');
  if (next === undefined) return speaker ? t('talk.end') : isQueue ? null : t('talk.again');
  if (next === me) return t('talk.passToYou');
  return !speaker && !isQueue ? t('talk.start') : t('talk.passTo', { name: nameOf(next) });
}
