import type { SeatId } from '#domain/ids.ts';
import type { WorkshopView } from '#domain/workshop/view.ts';
import type { Translate } from '#lib/i18n/text.ts';
import { stepName } from '../step-name.ts';

/** The run of a step that a question is about. */
export interface Subject {
  readonly began: number;
  readonly index: number;
}

export const subjectOf = ({ step }: WorkshopView): Subject => ({ began: step.began, index: step.index });

/**
 * What became of it, and by whom, once the question is none any more; null while it holds. Who it was is told beside what all are told:
 * until that has come it is empty.
 */
export function becameOf(
  t: Translate,
  { closed, step, script, turning }: WorkshopView,
  { began, index }: Subject,
  nameOf: (seat: SeatId) => string,
): string | null {
  if (closed) return t('control.closed');
  if (step.began !== began) {
    if (turning?.begun.began !== step.began) return '';
    const { by } = turning.begun;
    const name = { step: stepName(t, step) };
    if (by === undefined) return t('control.started', name);
    return t(step.index < index ? 'control.wentBack' : 'control.wentOn', { ...name, name: nameOf(by) });
  }
  const turn = turning?.turn;
  const to = turn && script.find(({ id }) => id === turn.to);
  if (!to) return null;
  const name = { step: stepName(t, to) };
  return turn.by === undefined
    ? t('control.turnAnnounced', name)
    : t('control.announcedBy', { ...name, name: nameOf(turn.by) });
}
