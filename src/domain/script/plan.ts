import { isPlayable, type Step } from './step.ts';

const DAY = 24 * 60; // minutes

/** When a step is to begin. */
export interface PlannedTime {
  /** Minutes from the beginning; null: it is passed over, and takes none. */
  readonly after: number | null;
  /** Minutes between the time that its script keeps to and when it could begin: below 0 it begins late, above it waits; null where it keeps to none, or nobody knows when the whole begins. */
  readonly pinned: number | null;
}

type Timed = Pick<Step, 'kind' | 'minutes' | 'startsAt' | 'isSkipped'>;

/** Each step's time if all take their length, and the whole's. A step that keeps to a time is waited for, and what comes after it too. */
export function planOf(
  steps: readonly Timed[],
  startsAt: string | null,
): { readonly times: readonly PlannedTime[]; readonly minutes: number } {
  const start = startsAt === null ? null : minuteOf(startsAt);
  let at = 0;
  const times = steps.map((step): PlannedTime => {
    if (!isPlayable(step.kind) || step.isSkipped) return { after: null, pinned: null };
    const pinned = step.startsAt === undefined || start === null ? null : between(start + at, minuteOf(step.startsAt));
    if (pinned !== null && pinned > 0) at += pinned;
    const after = at;
    at += step.minutes ?? 0;
    return { after, pinned };
  });
  return { times, minutes: at };
}

/** Minutes since midnight of `HH:MM`. */
export const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** From one minute to another, whichever way round the clock is nearer: a workshop may go on past midnight. */
export function between(from: number, to: number): number {
  const ahead = (((to - from) % DAY) + DAY) % DAY;
  return ahead > DAY / 2 ? ahead - DAY : ahead;
}
