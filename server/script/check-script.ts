import * as v from 'valibot';
import { LIMITS } from '#domain/limits.ts';
import { isPlayable } from '#domain/script/step.ts';
import { scriptFile, type ScriptFile } from '#protocol/script-schema.ts';

/** Something in a script that cannot be, by its place: `steps[3].settings.carry`. */
export interface ScriptProblem {
  readonly path: string;
  readonly reason: string;
}

export interface CheckedScript {
  /** Null when its form is not a script's. */
  readonly script: ScriptFile | null;
  readonly problems: readonly ScriptProblem[];
  /** Steps whose kind is kept but cannot be run here yet. */
  readonly notPlayable: readonly string[];
}

/** All that is wrong with a script, each by its path: whoever writes one by hand mends it in one go. */
export function checkScript(json: unknown): CheckedScript {
  if (Array.isArray(json)) {
    return { script: null, problems: [{ path: 'JSON', reason: 'must be an object' }], notPlayable: [] };
  }
  // counted first: each of a million steps would have its own problem
  if (hasTooManySteps(json)) {
    const reason = `has more than ${LIMITS.stepsOfScript.most}`;
    return { script: null, problems: [{ path: 'steps', reason }], notPlayable: [] };
  }
  const read = v.safeParse(scriptFile, json);
  if (!read.success) return { script: null, problems: firstOfEach(read.issues.map(problemOf)), notPlayable: [] };
  const { steps } = read.output;
  return {
    script: read.output,
    problems: steps.flatMap((step, index) => problemsOfStep(steps, index, `steps[${index}]`)),
    notPlayable: steps.flatMap(({ id, kind }, index) => (isPlayable(kind) ? [] : [id ?? `steps[${index}]`])),
  };
}

const hasTooManySteps = (json: unknown): boolean =>
  typeof json === 'object' &&
  json !== null &&
  'steps' in json &&
  Array.isArray(json.steps) &&
  json.steps.length > LIMITS.stepsOfScript.most;

function problemsOfStep(steps: ScriptFile['steps'], index: number, path: string): ScriptProblem[] {
  const step = steps[index]!;
  const before = steps[index - 1];
  const problems: ScriptProblem[] = [];
  const add = (field: string, reason: string) => problems.push({ path: `${path}.${field}`, reason });
  if (step.id !== undefined && steps.findIndex(({ id }) => id === step.id) < index) add('id', 'is used twice');
  if (step.seating === 'join' && !isSmallGroup(before?.place)) {
    add('seating', 'joins pairs or groups: the step before has none');
  }
  if (step.part && step.part.round > step.part.of) add('part.round', `is above ${step.part.of}`);
  if (step.kind === 'vote' && step.settings?.method?.kind === 'dots') {
    const { each, most } = step.settings.method;
    if (most > each) add('settings.method.most', `is above each, ${each}`);
  }
  const isChangedOnly = step.kind === 'agree' && step.settings?.only === 'changed';
  if (isChangedOnly && !steps.slice(0, index).some(({ kind }) => kind === 'agree')) {
    add('settings.only', 'needs a step of kind agree before it');
  }
  return problems;
}

const isSmallGroup = (place: ScriptFile['steps'][number]['place']): boolean =>
  place === 'pairs' || typeof place === 'object';

function problemOf(issue: v.BaseIssue<unknown>): ScriptProblem {
  const path = (issue.path ?? []).reduce(
    (sum, { key }) => (typeof key === 'number' ? `${sum}[${key}]` : sum === '' ? String(key) : `${sum}.${String(key)}`),
    '',
  );
  return { path: path || 'JSON', reason: reasonOf(issue) };
}

function reasonOf({ received, expected, message }: v.BaseIssue<unknown>): string {
  if (received === 'undefined') return 'is missing';
  if (expected === 'never') return 'is unknown';
  const isOurs = !message.startsWith('Invalid ');
  return isOurs || expected === null ? message : `must be ${expected}, not ${received}`;
}

/** What is no whole number need not be told that it is below one, too. */
const firstOfEach = (problems: readonly ScriptProblem[]): ScriptProblem[] =>
  [...new Map(problems.toReversed().map((problem) => [problem.path, problem])).values()].toReversed();
