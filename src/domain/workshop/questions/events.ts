import type { QuestionId, SeatId } from '../../ids.ts';
import type { Language } from '../../languages/language.ts';
import type { Circle } from '../talk/state.ts';

type OfQuestion<Kind extends string> = { readonly kind: Kind; readonly question: QuestionId; readonly at: number };

export type QuestionEvent =
  | {
      readonly kind: 'questionAsked';
      readonly question: QuestionId;
      readonly circle: Circle;
      readonly seat: SeatId;
      readonly text: string;
      readonly lang: Language;
      readonly at: number;
    }
  | OfQuestion<'questionTakenBack'>
  | (OfQuestion<'questionSupported' | 'questionUnsupported'> & { readonly seat: SeatId })
  | (OfQuestion<'questionAnswered' | 'questionReopened' | 'questionSetAside' | 'questionBroughtBack'> & {
      readonly by: SeatId;
    });

const KINDS: Readonly<Record<QuestionEvent['kind'], true>> = {
  questionAsked: true,
  questionTakenBack: true,
  questionSupported: true,
  questionUnsupported: true,
  questionAnswered: true,
  questionReopened: true,
  questionSetAside: true,
  questionBroughtBack: true,
};

/** Nothing that anybody may see or do on a board follows from these. */
export const QUESTION_EVENTS = Object.keys(KINDS) as readonly QuestionEvent['kind'][];

export const isQuestion = (event: { readonly kind: string }): event is QuestionEvent =>
  Object.hasOwn(KINDS, event.kind);
