import { expect, test } from 'vitest';
import type { PlannedStep, PlanningView } from '#domain/workshop/view-script.ts';
import type { Translate } from '#lib/i18n/text.ts';
import { deedsOf } from './step-deeds.ts';

const t = Object.assign((key: string) => key, { locale: 'en' }) as unknown as Translate;
const steps = ['arrive', 'brief', 'talk', 'draft', 'close'].map(
  (kind) => ({ id: kind, kind, minutes: null }) as unknown as PlannedStep,
);
const planning = { steps, at: 1 } as unknown as PlanningView;
const ways = (index: number) => {
  const { up, down } = deedsOf(t, planning, steps[index]!, async () => true);
  return [up !== undefined, down !== undefined];
};

test('[W75] a step moves between the running one and what closes the whole, which stays last', () => {
  expect(ways(2)).toEqual([false, true]);
  expect(ways(3)).toEqual([true, false]);
  expect(ways(4)).toEqual([false, false]);
});
