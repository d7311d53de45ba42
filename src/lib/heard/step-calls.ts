import { GRACE_MS } from '#domain/script/grace.ts';
import { unreachable } from '#domain/unreachable.ts';
import type { Translate } from '#lib/i18n/text.ts';

/** What of a workshop's step is told when it changes. Times are the server's, epoch milliseconds. */
export interface StepNow {
  readonly index: number;
  readonly startedAt: number;
  readonly endsAt: number | null;
  /** Milliseconds, while the clock is paused. */
  readonly left?: number;
  /** When the next step begins in other rooms. */
  readonly roomsAt?: number;
  /** What participants may do in it; without it they write. */
  readonly board?: 'read' | 'write';
  readonly closed: boolean;
  readonly frozen?: true;
  readonly mayWrite: boolean;
}

export type StepCall =
  | { readonly kind: 'begins'; readonly minutes: number }
  | { readonly kind: 'longer'; readonly added: number; readonly left: number }
  | { readonly kind: 'left' | 'paused' | 'pausedReading' | 'goesOn' | 'goesOnReading'; readonly minutes: number }
  | { readonly kind: 'grace' | 'rooms'; readonly seconds: number }
  | { readonly kind: 'over' | 'timeUp' | 'roomsOff' | 'closed' | 'frozen' | 'reopened' | 'mayWrite' };

const MINUTE = 60_000;
const MARKS = [5, 1] as const; // minutes before the end
const STALE = 20_000; // ms; a device that slept over a mark is not told of it any more

/** Tells what is to be said of time and steps, by what was seen last. The first look says nothing: it is on the page. */
export class StepCalls {
  #last: { readonly step: StepNow; readonly at: number } | null = null;

  see(step: StepNow, now: number): StepCall[] {
    const last = this.#last;
    this.#last = { step, at: now };
    if (!last) return [];
    const was = last.step;
    const isRead = step.board === 'read';
    if (step.closed) return was.closed ? [] : [{ kind: 'closed' }];
    if (was.closed) return [{ kind: 'reopened' }];
    if (step.index !== was.index || step.startedAt !== was.startedAt) {
      return [{ kind: 'begins', minutes: minutesLeft(step.endsAt, now) }];
    }
    if (step.frozen !== was.frozen)
      return step.frozen ? [{ kind: 'frozen' }] : step.mayWrite ? [{ kind: 'mayWrite' }] : [];
    if (step.roomsAt !== undefined) {
      if (was.mayWrite && !step.mayWrite) return [{ kind: 'over' }];
      return was.roomsAt === undefined ? [{ kind: 'rooms', seconds: secondsTo(step.roomsAt, now) }] : [];
    }
    if (was.roomsAt !== undefined) return [{ kind: 'roomsOff' }];
    if (step.left !== undefined) {
      return was.left === undefined
        ? [{ kind: isRead ? 'pausedReading' : 'paused', minutes: Math.round(step.left / MINUTE) }]
        : [];
    }
    if (isResumed(was, step, now))
      return [{ kind: isRead ? 'goesOnReading' : 'goesOn', minutes: minutesTo(step.endsAt, now) }];
    if (!isRead && isCutShort(was, step, now)) return graceCall(step.endsAt!, now);
    if (step.endsAt !== null && was.endsAt !== null && step.endsAt > was.endsAt) {
      const added = Math.round((step.endsAt - Math.max(was.endsAt, now)) / MINUTE);
      return added > 0 ? [{ kind: 'longer', added, left: Math.max(1, Math.round((step.endsAt - now) / MINUTE)) }] : [];
    }
    if (isSetAnew(was, step, now)) return [{ kind: 'left', minutes: minutesTo(step.endsAt, now) }];
    if (step.endsAt !== null) return passed(step.endsAt, last.at, now, isRead);
    return step.mayWrite && !was.mayWrite ? [{ kind: 'mayWrite' }] : [];
  }
}

/** 0: there is no end, or hardly any time. */
export const minutesLeft = (endsAt: number | null, now: number) =>
  endsAt === null ? 0 : Math.max(0, Math.round((endsAt - now) / MINUTE));

const secondsTo = (at: number, now: number) => Math.max(0, Math.ceil((at - now) / 1000));

const minutesTo = (endsAt: number | null, now: number) =>
  endsAt === null ? 0 : Math.max(1, Math.round((endsAt - now) / MINUTE));

/** The clock runs again, or what was about to end does not. */
function isResumed(was: StepNow, step: StepNow, now: number): boolean {
  if (step.endsAt !== null && step.endsAt <= now) return false;
  if (was.left !== undefined) return true;
  return step.endsAt === null && was.endsAt !== null;
}

/** There is less time than there was, and still some; or there was no limit. */
const isSetAnew = (was: StepNow, { endsAt }: StepNow, now: number): boolean =>
  endsAt !== null && endsAt - now >= MINUTE / 2 && (was.endsAt === null || was.endsAt - endsAt >= MINUTE / 2);

/** The step ends before its time: its grace has begun already when one hears of it. */
const isCutShort = (was: StepNow, step: StepNow, now: number): boolean =>
  step.endsAt !== null && step.endsAt <= now && step.endsAt !== was.endsAt && now < step.endsAt + GRACE_MS
    ? was.endsAt === null || was.endsAt > now
    : false;

const graceCall = (endsAt: number, now: number): StepCall[] => [
  { kind: 'grace', seconds: Math.ceil((endsAt + GRACE_MS - now) / 1000) },
];

/** The last mark between two moments; earlier ones are old news by then. */
function passed(endsAt: number, from: number, to: number, isRead: boolean): StepCall[] {
  const marks: { at: number; call: StepCall }[] = [
    ...MARKS.map((minutes) => ({ at: endsAt - minutes * MINUTE, call: { kind: 'left', minutes } as const })),
    ...(isRead ? [{ at: endsAt, call: { kind: 'timeUp' } as const }] : endsOfWriting(endsAt, to)),
  ];
  const crossed = marks.filter(({ at, call }) => at > from && at <= to && (isEnd(call) || to - at < STALE));
  return crossed.slice(-1).map(({ call }) => call);
}

const endsOfWriting = (endsAt: number, now: number): { at: number; call: StepCall }[] => [
  { at: endsAt, call: { kind: 'grace', seconds: Math.ceil((endsAt + GRACE_MS - now) / 1000) } },
  { at: endsAt + GRACE_MS, call: { kind: 'over' } },
];

const isEnd = ({ kind }: StepCall): boolean => kind === 'over' || kind === 'timeUp';

/** `task`: what is asked of people in this step. */
export function stepCallText(t: Translate, call: StepCall, step: string, task: string): string {
  const { kind, ...values } = call;
  switch (kind) {
    case 'begins':
      return t('heard.begins', { ...values, step, task }).trim();
    case 'longer':
    case 'left':
    case 'paused':
    case 'pausedReading':
    case 'goesOn':
    case 'goesOnReading':
    case 'timeUp':
    case 'grace':
    case 'rooms':
    case 'roomsOff':
    case 'over':
    case 'closed':
    case 'frozen':
    case 'reopened':
    case 'mayWrite':
      return t(`heard.${kind}`, values);
    default:
      return unreachable(kind);
  }
}
