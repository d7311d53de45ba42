import { isPlayable, MINUTE } from '#domain/script/step.ts';
import { nextStarts } from '#domain/workshop/forecast.ts';
import type { WorkshopView } from '#domain/workshop/view.ts';

/** When each step of the whole script will begin if the others take their length, at `now`; null: it has, or is passed over. */
export function startsOf(view: WorkshopView, now: number): (number | null)[] {
  const { planning, closed } = view;
  if (!planning || closed) return [];
  let at = nextStarts(view, now);
  return planning.steps.map(({ kind, minutes, isSkipped }, index) => {
    if (index <= planning.at || isSkipped || !isPlayable(kind)) return null;
    const starts = at;
    at += (minutes ?? 0) * MINUTE;
    return starts;
  });
}
