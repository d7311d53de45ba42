import { MINUTE } from '#domain/script/step.ts';
import type { StepTime } from './time-left.ts';

/** How much of its planned minutes a step has behind it, from 0 to 1. */
export function partPassed({ endsAt, left }: StepTime, minutes: number | null, now: number): number {
  const rest = left ?? (endsAt === null ? null : endsAt - now);
  if (rest === null || minutes === null) return 0;
  return Math.min(1, Math.max(0, 1 - rest / (minutes * MINUTE)));
}
