import type { QuestionId } from '#domain/ids.ts';
import type { HeardQuestion, QuestionsMessage } from './down.ts';

/** What is asked, after what a message says. */
export function questionsAfter(
  before: ReadonlyMap<QuestionId, HeardQuestion>,
  { isWhole, put, support, gone }: QuestionsMessage,
): ReadonlyMap<QuestionId, HeardQuestion> {
  const now = new Map(isWhole ? [] : before);
  for (const one of put) now.set(one.id, one);
  for (const [id, count] of support) {
    const one = now.get(id);
    if (one) now.set(id, { ...one, support: count });
  }
  for (const id of gone) now.delete(id);
  return now;
}
