import type { QuestionId, SeatId } from '../../ids.ts';
import type { Language } from '../../languages/language.ts';
import type { WorkshopState } from '../state.ts';
import type { Circle } from '../talk/state.ts';
import { askingNow, hearsIn, questionsNow, type Question, type Questions } from './state.ts';

/** A question as everybody who hears it may know it. */
export interface QuestionView {
  readonly id: QuestionId;
  readonly circle: Circle;
  readonly text: string;
  readonly lang: Language;
  readonly at: number;
  readonly support: number;
  readonly isAnswered: boolean;
  /** Set aside: for who asked and those who run the workshop. */
  readonly isAside: boolean;
  /** Where people ask by name. */
  readonly seat: SeatId | null;
}

interface AskWords {
  /** The version with which the step began. */
  readonly began: number;
  readonly isSupported: boolean;
  readonly isAnonymous: boolean;
}

/** What of it is one participant's own. */
export interface OwnQuestions extends AskWords {
  readonly kind: 'ownQuestions';
  readonly circle: Circle;
  readonly asked: readonly QuestionId[];
  readonly supported: readonly QuestionId[];
  /** Their own that were set aside. */
  readonly aside: readonly QuestionView[];
}

export interface HallQuestions extends AskWords {
  readonly kind: 'hallQuestions';
}

/** Null: nobody asks now, or one sits nowhere. */
export function ownQuestions(state: WorkshopState, seat: SeatId): OwnQuestions | null {
  const asking = askingNow(state);
  const circle = asking ? hearsIn(state, asking, seat) : undefined;
  if (!asking || circle === undefined) return null;
  const own = shares(questionsNow(state)).get(seat);
  return {
    kind: 'ownQuestions',
    ...wordsOf(state)!,
    circle,
    asked: own?.asked.map(({ id }) => id) ?? [],
    supported: own?.supported ?? [],
    aside: own?.asked.filter(({ isAside }) => isAside).map((one) => shown(one, true)) ?? [],
  };
}

type Shares = ReadonlyMap<SeatId, { readonly asked: Question[]; readonly supported: QuestionId[] }>;
const known = new WeakMap<Questions, Shares>();

/** Once for each state, however many look at it. */
function shares(questions: Questions): Shares {
  const made = known.get(questions);
  if (made) return made;
  const all = new Map<SeatId, { asked: Question[]; supported: QuestionId[] }>();
  const of = (seat: SeatId) => {
    const one = all.get(seat) ?? { asked: [], supported: [] };
    all.set(seat, one);
    return one;
  };
  for (const one of questions.values()) {
    of(one.seat).asked.push(one);
    for (const seat of one.supporters) of(seat).supported.push(one.id);
  }
  known.set(questions, all);
  return all;
}

export function hallQuestions(state: WorkshopState): HallQuestions | null {
  const words = wordsOf(state);
  return words && { kind: 'hallQuestions', ...words };
}

/**
 * What is heard in a circle, or in every one (`heard`); with what was set aside (`all`) for those who run the workshop. On a screen
 * (`wall`) what everybody hears, and nobody's name.
 */
export function questionsIn(state: WorkshopState, audience: Circle | 'heard' | 'all' | 'wall'): QuestionView[] {
  const asking = askingNow(state);
  if (!asking) return [];
  const isWall = audience === 'wall';
  const circle = isWall ? null : audience;
  const heard = [...questionsNow(state).values()].filter(
    (one) => circle === 'all' || (!one.isAside && (circle === 'heard' || one.circle === circle)),
  );
  return heard.map((one) => shown(one, isWall || asking.settings.anonymous));
}

function wordsOf(state: WorkshopState): AskWords | null {
  const asking = askingNow(state);
  if (!asking) return null;
  const { upvote, anonymous } = asking.settings;
  return { began: state.step.began, isSupported: upvote, isAnonymous: anonymous };
}

const shown = (
  { id, circle, text, lang, at, supporters, isAnswered, isAside, seat }: Question,
  isAnonymous: boolean,
): QuestionView => ({
  id,
  circle,
  text,
  lang,
  at,
  support: supporters.size,
  isAnswered,
  isAside,
  seat: isAnonymous ? null : seat,
});
