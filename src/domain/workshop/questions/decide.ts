import type { Actor } from '../../forum/seat.ts';
import type { SeatId } from '../../ids.ts';
import { fittingLanguage } from '../../languages/fitting.ts';
import { lettersIn, oneLine } from '../../languages/one-line.ts';
import { isSeen } from '../../languages/seen.ts';
import { LIMITS } from '../../limits.ts';
import { accepted, refused } from '../../refusal.ts';
import { unreachable } from '../../unreachable.ts';
import type { Decision } from '../decide.ts';
import type { WorkshopState } from '../state.ts';
import type { Circle } from '../talk/state.ts';
import type { QuestionCommand } from './commands.ts';
import { askingNow, hearsIn, questionsNow, type Question } from './state.ts';

type Of<Kind extends QuestionCommand['kind']> = Extract<QuestionCommand, { kind: Kind }>;

export function decideQuestions(
  state: WorkshopState,
  command: QuestionCommand,
  { seatId: by }: Actor,
  at: number,
): Decision {
  if (state.closed) return refused({ kind: 'workshopClosed' });
  if (command.kind === 'askQuestion') return askQuestion(state, command, by, at);
  const asking = askingNow(state);
  const found = questionsNow(state).get(command.question);
  if (!asking || !found) return refused({ kind: 'questionGone' });
  const { id: question } = found;
  switch (command.kind) {
    case 'takeBackQuestion':
      return found.seat === by
        ? accepted([{ kind: 'questionTakenBack', question, at }])
        : refused({ kind: 'notAllowed' });
    case 'supportQuestion':
    case 'unsupportQuestion':
      if (!hears(state, asking, found, by)) return refused({ kind: 'questionGone' });
      if (!asking.settings.upvote || found.seat === by) return refused({ kind: 'notAllowed' });
      return support(found, command.kind === 'supportQuestion', by, at);
    case 'answerQuestion':
      return accepted(found.isAnswered ? [] : [{ kind: 'questionAnswered', question, by, at }]);
    case 'reopenQuestion':
      return accepted(found.isAnswered ? [{ kind: 'questionReopened', question, by, at }] : []);
    case 'setQuestionAside':
      return accepted(found.isAside ? [] : [{ kind: 'questionSetAside', question, by, at }]);
    case 'bringQuestionBack':
      return accepted(found.isAside ? [{ kind: 'questionBroughtBack', question, by, at }] : []);
    default:
      return unreachable(command);
  }
}

function askQuestion(state: WorkshopState, command: Of<'askQuestion'>, seat: SeatId, at: number): Decision {
  const { id: question, lang, began } = command;
  const questions = questionsNow(state);
  if (questions.get(question)?.seat === seat) return accepted([]);
  if (began !== state.step.began) return refused({ kind: 'stepChanged' });
  const asking = askingNow(state);
  if (!asking) return refused({ kind: 'notAllowed' });
  const circle = hearsIn(state, asking, seat);
  if (circle === undefined) return refused({ kind: 'roomUnknown' });
  if (questions.has(question)) return refused({ kind: 'notAllowed' });
  const text = oneLine(command.text);
  if (!isSeen(text)) return refused({ kind: 'fieldMissing', field: 'question' });
  const { most } = LIMITS.lettersOfQuestion;
  if (lettersIn(text) > most) return refused({ kind: 'fieldInvalid', field: 'question', reason: `≤ ${most}` });
  const full = tooMany(state, [...questions.values()], seat, circle);
  if (full) return refused(full);
  return accepted([{ kind: 'questionAsked', question, circle, seat, text, lang: fittingLanguage(lang, text), at }]);
}

/** What was answered makes room for whoever asked it. What was asked where they sat before they cannot take back from here. */
function tooMany({ seating }: WorkshopState, questions: readonly Question[], seat: SeatId, circle: Circle) {
  const own = questions.filter((one) => one.seat === seat && one.circle === circle && !one.isAnswered);
  const open = questions.filter((one) => !one.isAnswered && !one.isAside && seating.has(one.seat));
  const full = [
    { what: 'ownQuestions', among: own, most: LIMITS.questionsOfSeat.most } as const,
    { what: 'questions', among: open, most: LIMITS.questionsOfStep.most } as const,
    { what: 'questionsKept', among: questions, most: LIMITS.questionsKeptOfStep.most } as const,
  ].find(({ among, most }) => among.length >= most);
  return full ? ({ kind: 'limitReached', what: full.what, most: full.most, field: 'question' } as const) : null;
}

function hears(state: WorkshopState, asking: { readonly isPlenary: boolean }, one: Question, seat: SeatId): boolean {
  return !one.isAside && hearsIn(state, asking, seat) === one.circle;
}

function support({ id: question, supporters }: Question, isWanted: boolean, seat: SeatId, at: number): Decision {
  if (supporters.has(seat) === isWanted) return accepted([]);
  return accepted([{ kind: isWanted ? 'questionSupported' : 'questionUnsupported', question, seat, at }]);
}
