import type { QuestionId } from '../../ids.ts';
import { unreachable } from '../../unreachable.ts';
import type { WorkshopState } from '../state.ts';
import type { QuestionEvent } from './events.ts';
import { questionsNow, type Question, type Questions } from './state.ts';

/** What was asked in a step is kept with it: it is there again when the step runs again. */
export function evolveQuestions(state: WorkshopState, event: QuestionEvent): WorkshopState {
  const now = changed(questionsNow(state), event);
  return { ...state, questions: new Map(state.questions).set(state.step.id, now) };
}

function changed(questions: Questions, event: QuestionEvent): Questions {
  switch (event.kind) {
    case 'questionAsked': {
      const { question: id, circle, seat, text, lang, at } = event;
      const asked = {
        id,
        circle,
        seat,
        text,
        lang,
        at,
        supporters: new Set<never>(),
        isAnswered: false,
        isAside: false,
      };
      return new Map(questions).set(id, asked);
    }
    case 'questionTakenBack': {
      const others = new Map(questions);
      others.delete(event.question);
      return others;
    }
    case 'questionSupported':
      return withOne(questions, event.question, ({ supporters }) => ({
        supporters: new Set(supporters).add(event.seat),
      }));
    case 'questionUnsupported':
      return withOne(questions, event.question, ({ supporters }) => {
        const others = new Set(supporters);
        others.delete(event.seat);
        return { supporters: others };
      });
    case 'questionAnswered':
    case 'questionReopened':
      return withOne(questions, event.question, () => ({ isAnswered: event.kind === 'questionAnswered' }));
    case 'questionSetAside':
    case 'questionBroughtBack':
      return withOne(questions, event.question, () => ({ isAside: event.kind === 'questionSetAside' }));
    default:
      return unreachable(event);
  }
}

function withOne(questions: Questions, id: QuestionId, change: (one: Question) => Partial<Question>): Questions {
  const one = questions.get(id);
  return one ? new Map(questions).set(id, { ...one, ...change(one) }) : questions;
}
