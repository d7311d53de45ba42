import type { StepView } from '#domain/workshop/view.ts';
import { timeText } from '#lib/forum/days.ts';

/** When a pause is over: as its script says it, else by its clock, in the reader's own zone. Null: nobody knows. */
export function backAt(
  { task, backAt, endsAt }: Pick<StepView, 'task' | 'backAt' | 'endsAt'>,
  locale: string,
): string | null {
  if (backAt !== undefined) return backAt;
  return task === 'pause' && endsAt !== null ? timeText(endsAt, locale) : null;
}
