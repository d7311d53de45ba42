import type { WorkshopView } from '#domain/workshop/view.ts';
import type { Translate } from '#lib/i18n/text.ts';
import { timeLeft } from '#lib/live/time-left.ts';

interface Status {
  /** How far one's words are saved. */
  readonly saved: string;
  /** Of when it is, where it may be otherwise by now. */
  readonly then: string;
  /** Which step it is. */
  readonly step: string;
  /** Until when; `null`: nobody knows, or it does not matter any more. */
  readonly time: WorkshopView['step'] | null;
  /** By the server's clock. */
  readonly now: number;
  readonly room: string;
  /** Names; null: nobody knows. */
  readonly here: readonly (string | null)[] | null;
}

/** What the bar shows, in sentences, for whoever asks by key. */
export function statusWords(t: Translate, { saved, then, step, time, now, room, here }: Status): string {
  const { phase, ms } = timeLeft(time ?? { endsAt: null }, now);
  const seconds = Math.ceil(ms / 1000);
  const running = t('board.timeLeft', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 });
  const left = {
    untimed: '',
    paused: `${t('board.paused')} ${running}`,
    running,
    soon: running,
    grace: t('board.grace', { seconds }),
    over: t('board.timeOver'),
  }[phase];
  const names = here?.flatMap((name) => name ?? []).join(', ');
  const people = here ? `${t('board.here', { count: here.length })}: ${names}` : '';
  return [saved, then, step, left, room, people]
    .flatMap((part) => (part === '' ? [] : [`${part.replace(/[.…]$/u, '')}.`]))
    .join(' ');
}
