import type * as v from 'valibot';
import { shownKey } from '#protocol/shown-key.ts';
import type { ScriptProblem, ScriptProblemKind } from '#protocol/script-problem.ts';

type Issue = v.BaseIssue<unknown>;
type Said = Pick<ScriptProblem, 'kind' | 'values'>;

/** What the form of a file has against it, one for each place. */
export const problemsOf = (issues: readonly Issue[]): readonly ScriptProblem[] =>
  firstOfEach(issues.flatMap((issue) => problemsIn(issue, '')));

/** Of several forms that a value can have, the one that it nearly has tells more than their list. */
function problemsIn(issue: Issue, before: string): ScriptProblem[] {
  // a list is an object to whoever reads its fields, and each of them would be wrong
  const list = issue.path?.findIndex(({ type, input }) => type === 'object' && Array.isArray(input)) ?? -1;
  if (list >= 0) {
    const path = pathOf(issue.path!.slice(0, list), before) || 'JSON';
    return [{ path, kind: 'object', reason: 'must be an object, not a list' }];
  }
  const path = pathOf(issue.path, before);
  const nearly = issue.issues?.filter((inner) => inner.path !== undefined) ?? [];
  if (nearly.length > 0) return nearly.flatMap((inner) => problemsIn(inner, path));
  return [{ path: path || 'JSON', ...saidOf(issue), reason: reasonOf(issue) }];
}

const pathOf = (path: readonly v.IssuePathItem[] | undefined, before: string): string =>
  (path ?? []).reduce((sum, { key }) => {
    if (typeof key === 'number') return `${sum}[${key}]`;
    const name = shownKey(key);
    return sum === '' ? name : `${sum}.${name}`;
  }, before);

function reasonOf({ received, expected, message }: Issue): string {
  if (received === 'undefined') return 'is missing';
  if (expected === 'never') return 'is unknown';
  const isOurs = !message.startsWith('Invalid ');
  return isOurs || expected === null ? message : `must be ${expected}, not ${shownKey(received)}`;
}

const OF_TYPE: Readonly<Record<string, ScriptProblemKind>> = {
  Object: 'object',
  Array: 'list',
  string: 'text',
  number: 'number',
  boolean: 'yesNo',
};
/** What the schema itself says of a text that does not look as it should. */
const OF_MESSAGE: Readonly<Record<string, ScriptProblemKind>> = {
  'must be a time such as 13:00': 'time',
  'must be a language such as en': 'language',
  'must be up to 40 letters, digits and dashes': 'id',
  'has no language': 'noLanguage',
  'cannot be seen': 'empty',
};

function saidOf({ type, received, expected, message, requirement, input }: Issue): Said {
  if (received === 'undefined') return { kind: 'missing' };
  if (expected === 'never') return { kind: 'unknown' };
  const limit = typeof requirement === 'number' ? requirement : 0;
  switch (type) {
    case 'integer':
      return { kind: 'whole' };
    case 'min_value':
      return { kind: 'least', values: { least: limit } };
    case 'max_value':
      return { kind: 'most', values: { most: limit } };
    case 'non_empty':
      return { kind: 'empty' };
    case 'min_length':
      return { kind: 'tooFew', values: { least: limit } };
    case 'max_length':
      return { kind: Array.isArray(input) ? 'tooMany' : 'tooLong', values: { most: limit } };
    case 'regex':
    case 'check': {
      const most = /^has more than (\d+) languages$/.exec(message)?.[1];
      if (most) return { kind: 'tooManyLanguages', values: { most: Number(most) } };
      return { kind: OF_MESSAGE[message] ?? 'wrong' };
    }
    default:
      return typed(expected);
  }
}

function typed(expected: string | null): Said {
  if (expected === null) return { kind: 'wrong' };
  const kind = OF_TYPE[expected];
  return kind ? { kind } : { kind: 'choice', values: { choices: choicesIn(expected) } };
}

/** `("pairs" | "rooms" | Object)` as people read it: `pairs, rooms, {…}`. */
const choicesIn = (expected: string): string =>
  expected
    .replace(/\bObject\b/, '{…}')
    .replace(/\bArray\b/, '[…]')
    .replaceAll(/["()]/g, '')
    .replaceAll(' | ', ', ');

/** What is no whole number need not be told that it is below one, too. */
const firstOfEach = (problems: readonly ScriptProblem[]): ScriptProblem[] =>
  [...new Map(problems.toReversed().map((problem) => [problem.path, problem])).values()].toReversed();
