import { LIMITS } from '#domain/limits.ts';
import type { Refusal } from '#domain/refusal.ts';
import { shownKey } from '#protocol/shown-key.ts';
import type { ScriptProblem } from '#protocol/script-problem.ts';
import type { ToldProblem } from './problem-text.ts';

const MOST_SHOWN = 20; // problems; whoever mends these tries again

/** What a form's file holds, not looked at yet. */
export type Uploaded =
  { readonly json: unknown } | { readonly refusal: Refusal } | { readonly problems: readonly ScriptProblem[] };

export async function uploadedScript(form: FormData): Promise<Uploaded> {
  const file = form.get('file');
  if (!(file instanceof File) || file.size === 0) return { refusal: { kind: 'fieldMissing', field: 'JSON' } };
  const { most } = LIMITS.bytesOfScript;
  if (file.size > most) return { refusal: { kind: 'tooLarge', most } };
  return parsed(await file.text(), shownKey(file.name));
}

/** The same as text, such as an editor sends. */
export function sentScript(text: string): Uploaded {
  const { most } = LIMITS.bytesOfScript;
  if (Buffer.byteLength(text) > most) return { refusal: { kind: 'tooLarge', most } };
  return parsed(text, 'JSON');
}

function parsed(text: string, name: string): Uploaded {
  try {
    return { json: JSON.parse(text) as unknown };
  } catch {
    return { problems: [{ path: name, kind: 'json', reason: 'is no JSON' }] };
  }
}

/** What a page is told: the first ones, and how many there are besides. */
export function toldProblems(all: readonly ScriptProblem[]): {
  readonly problems: readonly ToldProblem[];
  readonly more: number;
} {
  const problems = all.slice(0, MOST_SHOWN).map(({ path, kind, values }) => ({ path, kind, values }));
  return { problems, more: all.length - problems.length };
}
