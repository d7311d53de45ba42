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

/** Where one stands in line oneself; empty where one does not, or where it says so above. */
export function placeText(t: Translate, { before, speaker, isQueue }: FloorShown): string {
  if (before === null || !(speaker || isQueue || before > 0)) return '';
  return before === 0 ? t('talk.youNext') : t('talk.youAfter', { count: before + (speaker ? 1 : 0) });
}

/** What is told of a floor after how it was. At the first look (null) that is what concerns oneself: no page opens with a step. */
export function newsText(t: Translate, was: FloorShown | null, now: FloorShown, me: SeatId, nameOf: NameOf): string {
  const textsOf = (floor: FloorShown) => [turnText(t, floor, me, nameOf), placeText(t, floor)];
  const before = was ? textsOf(was) : [];
  const isOwn = now.line[0] === me && !now.speaker;
  return textsOf(now)
    .filter((text, index) => text !== before[index] && (was || isOwn || index > 0))
    .join(' ')
    .trim();
}

function turnText(t: Translate, floor: FloorShown, me: SeatId, nameOf: NameOf): string {
  const { speaker, line, isQueue } = floor;
  if (speaker) return speaker.seat === me ? t('talk.youSpeakNow') : t('talk.speaksNow', { name: nameOf(speaker.seat) });
  if (isQueue) return t('talk.ended');
  return line[0] === undefined || line[0] === me ? standingText(t, floor, me, nameOf) : '';
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
