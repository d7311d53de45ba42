import type { QuestionId, SeatId } from '../../ids.ts';
import type { Language } from '../../languages/language.ts';
import { settingsOf } from '../../script/rules.ts';
import type { AskSettings } from '../../script/steps/ask.ts';
import type { WorkshopState } from '../state.ts';
import type { Circle } from '../talk/state.ts';

export interface Question {
  readonly id: QuestionId;
  /** Who hears it: those of the room in which it was asked, or (null) everybody. */
  readonly circle: Circle;
  /** Told to nobody where people ask without their name. */
  readonly seat: SeatId;
  readonly text: string;
  readonly lang: Language;
  readonly at: number;
  readonly supporters: ReadonlySet<SeatId>;
  readonly isAnswered: boolean;
  /** Seen by who asked and by those who run the workshop alone. */
  readonly isAside: boolean;
}

/** Of one step, in the order of asking. Bounded by the limit of questions, and by seats. */
export type Questions = ReadonlyMap<QuestionId, Question>;

/** How people ask in the running step; null: they do not. */
export function askingNow({ script, step, closed }: Pick<WorkshopState, 'script' | 'step' | 'closed'>): {
  readonly settings: AskSettings;
  readonly isPlenary: boolean;
} | null {
  const running = script[step.index];
  if (closed || running?.kind !== 'ask') return null;
  return { settings: settingsOf({ ...running, kind: 'ask' }) as AskSettings, isPlenary: running.place === 'plenary' };
}

const NONE: Questions = new Map();
export const questionsNow = ({ questions, step }: Pick<WorkshopState, 'questions' | 'step'>): Questions =>
  questions?.get(step.id) ?? NONE;

/** Where a seat asks, and what it hears. */
export function hearsIn(
  { seating }: Pick<WorkshopState, 'seating'>,
  { isPlenary }: { readonly isPlenary: boolean },
  seat: SeatId,
): Circle | undefined {
  const room = seating.get(seat);
  return room !== undefined && isPlenary ? null : room;
}
