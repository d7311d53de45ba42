import { json } from '@sveltejs/kit';
import type { Refusal } from '#domain/refusal.ts';
import { statusOf } from '#protocol/refusal-status.ts';

export const refuse = (refusal: Refusal): Response => json({ refusal }, { status: statusOf(refusal) });

/** Zero, which no version has, for what is no number. */
export const seqOf = (text: string): number => (/^[1-9]\d{0,14}$/.test(text) ? Number(text) : 0);

/** Why a deed is not one of our own pages'; null for one that may be. */
export function foreign(request: Request, url: URL): Refusal | null {
  const origin = request.headers.get('origin');
  if (origin !== null && origin !== url.origin) return { kind: 'notAllowed' };
  // a foreign page can send forms and text without asking, JSON it cannot
  const isJson = request.headers.get('content-type')?.split(';')[0]?.trim() === 'application/json';
  return isJson ? null : { kind: 'fieldInvalid', field: 'body', reason: 'must be JSON' };
}
