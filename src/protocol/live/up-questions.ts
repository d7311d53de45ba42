import * as v from 'valibot';
import type { QuestionId } from '#domain/ids.ts';
import { id, language, whole } from './up-words.ts';

const question = v.pipe(
  id,
  v.transform((value) => value as QuestionId),
);

/** What people ask, and what becomes of it. */
export const questionCommands = [
  v.strictObject({
    kind: v.literal('askQuestion'),
    id: question,
    text: v.pipe(v.string(), v.maxLength(1_200)), // what is too long is refused in words, by the rule itself
    lang: language,
    began: whole,
  }),
  v.strictObject({ kind: v.literal('takeBackQuestion'), question }),
  v.strictObject({ kind: v.picklist(['supportQuestion', 'unsupportQuestion']), question }),
  v.strictObject({ kind: v.picklist(['answerQuestion', 'reopenQuestion']), question }),
  v.strictObject({ kind: v.picklist(['setQuestionAside', 'bringQuestionBack']), question }),
] as const;
