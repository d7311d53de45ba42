import { deserialize } from '$app/forms';
import type { Refusal } from '#domain/refusal.ts';
import type { ToldProblem } from '../problem-text.ts';
import { fileOf, type DraftScript } from './draft-script.ts';

/** What became of a script that was sent. */
export type Answer =
  | { readonly kind: 'saved'; readonly version: number }
  | { readonly kind: 'added'; readonly id: string; readonly version: number }
  /** Another has been saved since, and stays. */
  | { readonly kind: 'savedElsewhere'; readonly version: number; readonly script: DraftScript }
  | { readonly kind: 'gone' }
  | { readonly kind: 'wrong'; readonly problems: readonly ToldProblem[]; readonly more: number }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** None came: sent again it is done once. */
  | { readonly kind: 'lost' };

export interface ScriptSender {
  /** On top of the version that it began from. */
  save(script: DraftScript, was: number): Promise<Answer>;
  /** Into the library as another one. `form`: sent twice it is one. */
  add(script: DraftScript, form: string): Promise<Answer>;
}

/** To the page's own actions. */
export const pageSender: ScriptSender = {
  save: (script, was) => send('save', script, { was: String(was) }),
  add: (script, form) => send('saveAsNew', script, { form }),
};

interface Sent {
  readonly version: number;
  readonly id?: string;
}
interface Refused {
  readonly refusal: Refusal | null;
  readonly told: { readonly problems: readonly ToldProblem[]; readonly more: number } | null;
  readonly stored: { readonly version: number; readonly script: DraftScript } | null;
}

async function send(action: string, script: DraftScript, fields: Record<string, string>): Promise<Answer> {
  try {
    const answer = await fetch(`?/${action}`, {
      method: 'POST',
      headers: { accept: 'application/json', 'x-sveltekit-action': 'true' },
      body: new URLSearchParams({ script: JSON.stringify(fileOf(script)), ...fields }),
    });
    // a promise in the built pages, where what reads it comes when it is used
    const result = await Promise.resolve(
      deserialize<Sent & Record<string, unknown>, Refused & Record<string, unknown>>(await answer.text()),
    );
    if (result.type === 'success' && result.data) return answerOf(result.data);
    return result.type === 'failure' && result.data ? refusedOf(result.data) : { kind: 'lost' };
  } catch {
    return { kind: 'lost' };
  }
}

const answerOf = ({ version, id }: Sent): Answer =>
  id === undefined ? { kind: 'saved', version } : { kind: 'added', id, version };

function refusedOf({ refusal, told, stored }: Refused): Answer {
  if (stored) return { kind: 'savedElsewhere', ...stored };
  if (told) return { kind: 'wrong', ...told };
  if (!refusal) return { kind: 'lost' };
  return refusal.kind === 'scriptUnknown' ? { kind: 'gone' } : { kind: 'refused', refusal };
}
