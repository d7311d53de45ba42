import type { Translate } from '#lib/i18n/text.ts';
import type { ScriptProblem } from '#protocol/script-problem.ts';

/** What a page needs to say of a problem. */
export type ToldProblem = Pick<ScriptProblem, 'path' | 'kind'> & {
  readonly values?: ScriptProblem['values'] | undefined;
};

/** What is wrong, in the page's language. A kind without a message is a type error here. */
export const problemText = (t: Translate, { kind, values }: ToldProblem): string => t(`script.problem_${kind}`, values);
