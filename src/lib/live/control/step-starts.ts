import { isPlayable, MINUTE } from '#domain/script/step.ts';
import type { WorkshopView } from '#domain/workshop/view.ts';

/** When each step of the whole script will begin if the others take their length, at `now`; null: it has, or is passed over. */
export function startsOf({ planning, step, turning, closed }: WorkshopView, now: number): (number | null)[] {
  if (!planning || closed) return [];
  const ends = turning?.turn?.startsAt ?? (step.left === undefined ? (step.endsAt ?? now) : now + step.left);
  let at = Math.max(now, ends);
  return planning.steps.map(({ kind, minutes, isSkipped }, index) => {
    if (index <= planning.at || isSkipped || !isPlayable(kind)) return null;
    const starts = at;
    at += (minutes ?? 0) * MINUTE;
    return starts;
  });
}
