import { redirect } from '@sveltejs/kit';
import type { Refusal } from '#domain/refusal.ts';
import { normaliseJoinCode } from '#domain/forum/join-code.ts';
import { LONGEST, typedCode } from '#lib/join/typed-code.ts';
import type { PageServerLoad } from './$types';

/** Where the code field leads, also without a script: `/join?code=…`, with a code or a whole link in it. */
export const load: PageServerLoad = ({ url }) => {
  const typed = url.searchParams.get('code');
  if (typed === null) return { typed: '', refusal: null };
  const code = typedCode(typed.slice(0, LONGEST));
  if (normaliseJoinCode(code)) redirect(303, `/join/${code}`);
  const refusal: Refusal = code ? { kind: 'codeUnknown' } : { kind: 'fieldMissing', field: 'code' };
  return { typed, refusal };
};
