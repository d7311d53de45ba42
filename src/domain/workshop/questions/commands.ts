import type { QuestionId } from '../../ids.ts';
import type { Language } from '../../languages/language.ts';

/** What people ask, and what becomes of it. `began`: the version with which the step began that is meant. */
export type QuestionCommand =
  | {
      readonly kind: 'askQuestion';
      /** The sender's own: a question that is sent again is asked once. */
      readonly id: QuestionId;
      readonly text: string;
      readonly lang: Language;
      readonly began: number;
    }
  /** Of one's own. */
  | { readonly kind: 'takeBackQuestion'; readonly question: QuestionId }
  /** "I would like to know that too", and not any more. */
  | { readonly kind: 'supportQuestion' | 'unsupportQuestion'; readonly question: QuestionId }
  | { readonly kind: 'answerQuestion' | 'reopenQuestion'; readonly question: QuestionId }
  | { readonly kind: 'setQuestionAside' | 'bringQuestionBack'; readonly question: QuestionId };
