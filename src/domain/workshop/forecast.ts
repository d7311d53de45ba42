import type { WorkshopView } from './view.ts';

const MINUTE = 60_000;

export interface Forecast {
  /** When the last timed step will end if every step takes its length. */
  readonly endsAt: number;
  /** Milliseconds behind the plan, ahead of it below 0; null until its first timed step has begun. */
  readonly behind: number | null;
}

/** Whether a workshop will end as planned, at `now` on the server's clock. Null: nothing is timed any more. */
export function forecast({ script, step, rooms, turning }: WorkshopView, now: number): Forecast | null {
  const later = script.slice(step.index + 1).reduce((sum, { minutes }) => sum + (minutes ?? 0), 0);
  const isTimed = step.endsAt !== null || step.left !== undefined;
  if (later === 0 && !isTimed) return null;
  const most = Math.max(0, ...rooms.map(({ more }) => more ?? 0));
  const ends = turning?.turn?.startsAt ?? (step.left === undefined ? (step.endsAt ?? now) : now + step.left) + most;
  const endsAt = Math.max(now, ends) + later * MINUTE;
  const planned = turning?.plannedEnd ?? null;
  return { endsAt, behind: planned === null ? null : endsAt - planned };
}
