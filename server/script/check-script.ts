import * as v from 'valibot';
import { LIMITS } from '#domain/limits.ts';
import { sizeOfGroups } from '#domain/script/small-groups.ts';
import { isPlayable } from '#domain/script/step.ts';
import type { ScriptProblem } from '#protocol/script-problem.ts';
import { scriptFile, type ScriptFile } from '#protocol/script-schema.ts';
import { problemsOf } from './script-issues.ts';

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
    const problem = { path: 'JSON', kind: 'object', reason: 'must be an object' } as const;
    return { script: null, problems: [problem], notPlayable: [] };
  }
  // counted first: each of a million steps would have its own problem
  if (hasTooManySteps(json)) {
    const { most } = LIMITS.stepsOfScript;
    const problem = { path: 'steps', kind: 'tooMany', values: { most }, reason: `has more than ${most}` } as const;
    return { script: null, problems: [problem], notPlayable: [] };
  }
  const read = v.safeParse(scriptFile, json);
  if (!read.success) return { script: null, problems: problemsOf(read.issues), notPlayable: [] };
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
  const before = steps.slice(0, index);
  const problems: ScriptProblem[] = [];
  const add = (field: string, problem: Omit<ScriptProblem, 'path'>) =>
    problems.push({ path: `${path}.${field}`, ...problem });
  if (step.id !== undefined && steps.findIndex(({ id }) => id === step.id) < index) {
    add('id', { kind: 'twice', reason: 'is used twice' });
  }
  if (step.seating === 'join' && !before.some((one) => sizeOfGroups(one) !== null)) {
    add('seating', { kind: 'noGroups', reason: 'joins pairs or groups: no step before it has any' });
  }
  const as = typeof step.seating === 'object' ? step.seating.as : null;
  if (as !== null && !before.some(({ id, kind }) => (id ?? kind) === as)) {
    add('seating.as', { kind: 'noStep', reason: 'is no step before this one' });
  }
  if (step.part && step.part.round > step.part.of) {
    const { of: most } = step.part;
    add('part.round', { kind: 'most', values: { most }, reason: `is above ${most}` });
  }
  if (step.kind === 'vote' && step.settings?.method?.kind === 'dots') {
    const { each, most } = step.settings.method;
    if (most > each) {
      add('settings.method.most', { kind: 'most', values: { most: each }, reason: `is above each, ${each}` });
    }
  }
  if (step.kind === 'close' && index < steps.length - 1) {
    add('kind', { kind: 'closeEarly', reason: 'closes the whole: it must be the last step' });
  }
  const isChangedOnly = step.kind === 'agree' && step.settings?.only === 'changed';
  if (isChangedOnly && !before.some(({ kind }) => kind === 'agree')) {
    add('settings.only', { kind: 'needsAgree', reason: 'needs a step of kind agree before it' });
  }
  return problems;
}
