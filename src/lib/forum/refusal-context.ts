import { getContext, setContext } from 'svelte';
import type { Refusal } from '#domain/refusal.ts';

type FieldRefusal = Extract<Refusal, { kind: 'fieldInvalid' | 'fieldMissing' }>;

const KEY = Symbol('refusal');

/** Gives a form's fields the refusal of its last submission; each field shows what is about itself. */
export function provideRefusal(current: () => Refusal | null): void {
  setContext(KEY, current);
}

export const useRefusal = (): (() => Refusal | null) =>
  getContext<(() => Refusal | null) | undefined>(KEY) ?? (() => null);

/** Whether a refusal is about this field or something within it: `countries[3]` is about `countries`. */
export function isAbout(refusal: Refusal | null, path: string): refusal is FieldRefusal {
  if (refusal?.kind !== 'fieldInvalid' && refusal?.kind !== 'fieldMissing') return false;
  const { field } = refusal;
  return field === path || field.startsWith(`${path}[`) || field.startsWith(`${path}.`);
}
