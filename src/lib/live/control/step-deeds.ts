import type { PlannedStep, PlanningView } from '#domain/workshop/view-script.ts';
import type { Translate } from '#lib/i18n/text.ts';
import { stepName } from '../step-name.ts';
import type { Ask } from './ask.ts';

/** What may be done with a step that has not begun; absent: it stands at that end already. */
export interface StepDeeds {
  readonly up?: () => Promise<boolean>;
  readonly down?: () => Promise<boolean>;
  readonly skip: () => Promise<boolean>;
  /** Absent: it closes the whole. */
  readonly park?: () => Promise<boolean>;
  readonly remove: () => Promise<boolean>;
}

/** Each with a way back. */
export function deedsOf(t: Translate, { steps, at }: PlanningView, step: PlannedStep, command: Ask): StepDeeds {
  const index = steps.findIndex(({ id }) => id === step.id);
  const name = stepName(t, step);
  const stands = steps[index - 1]?.id;
  const move = (after: PlannedStep | undefined) =>
    after &&
    stands && {
      deed: () =>
        command(
          { kind: 'moveStep', step: step.id, after: after.id, was: stands },
          t('control.stepMoved', { step: name, after: stepName(t, after) }),
          {
            command: () => ({ kind: 'moveStep', step: step.id, after: stands, was: after.id }),
            done: t('control.stepMovedBack', { step: name }),
          },
        ),
    };
  /** What closes the whole stays last. */
  const isEnd = (one: number) => one === steps.length - 1 && steps[one]?.kind === 'close';
  const up = index - 1 > at && !isEnd(index) ? move(steps[index - 2]) : undefined;
  const down = isEnd(index + 1) ? undefined : move(steps[index + 1]);
  const [deed, back] = step.isSkipped ? (['unskipStep', 'skipStep'] as const) : (['skipStep', 'unskipStep'] as const);
  const said = {
    skipStep: t('control.stepSkipped', { step: name }),
    unskipStep: t('control.stepUnskipped', { step: name }),
  };
  return {
    ...(up && { up: up.deed }),
    ...(down && { down: down.deed }),
    ...(!isEnd(index) &&
      stands && {
        park: () =>
          command({ kind: 'parkStep', step: step.id }, t('control.stepParked', { step: name }), {
            command: () => ({ kind: 'unparkStep', step: step.id, after: stands }),
            done: t('control.stepUnparked', { step: name }),
          }),
      }),
    skip: () =>
      command({ kind: deed, step: step.id }, said[deed], {
        command: () => ({ kind: back, step: step.id }),
        done: said[back],
      }),
    remove: () => command({ kind: 'removeStep', step: step.id }, t('control.stepRemoved', { step: name })),
  };
}
