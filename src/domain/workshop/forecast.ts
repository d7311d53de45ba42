import { MINUTE, minutesOf } from '../script/step.ts';
import type { StepView, WorkshopView } from './view.ts';

export interface Forecast {
  /** When the last timed step will end if every step takes its length. */
  readonly endsAt: number;
  /** Milliseconds behind the plan, ahead of it below 0; null until its first timed step has begun. */
  readonly behind: number | null;
}

/** Whether a step has a clock, running or not. */
export const isTimed = ({ endsAt, left }: Pick<StepView, 'endsAt' | 'left'>): boolean =>
  endsAt !== null || left !== undefined;

/** Whether a workshop will end as planned, at `now` on the server's clock. Null: nothing is timed any more. */
export function forecast({ script, step, rooms, turning }: WorkshopView, now: number): Forecast | null {
  const later = minutesOf(script.slice(step.index + 1));
  if (later === 0 && !isTimed(step)) return null;
  const endsAt = nextStarts({ step, rooms, turning }, now) + later * MINUTE;
  const planned = turning?.plannedEnd ?? null;
  return { endsAt, behind: planned === null ? null : endsAt - planned };
}

/** When what comes can begin: once the room with the most time has had it. */
export function nextStarts({ step, rooms, turning }: Pick<WorkshopView, 'step' | 'rooms' | 'turning'>, now: number) {
  const most = Math.max(0, ...rooms.map(({ more }) => more ?? 0));
  const ends = turning?.turn?.startsAt ?? (step.left === undefined ? (step.endsAt ?? now) : now + step.left) + most;
  return Math.max(now, ends);
}
