import type { HeardQuestion } from '#protocol/live/down.ts';

/** What most would like to know first, among equals what was asked first. */
export function inOrder(questions: Iterable<HeardQuestion>): HeardQuestion[] {
  return [...questions].sort((one, two) => two.support - one.support || one.at - two.at || (one.id < two.id ? -1 : 1));
}
