import { error } from '@sveltejs/kit';
import type { Refusal } from '#domain/refusal.ts';
import { statusOf } from '#protocol/refusal-status.ts';

/** Answers a page that cannot be shown at all; its `+error.svelte` says why in the reader's language. */
export function refusePage(refusal: Refusal): never {
  error(statusOf(refusal), { message: refusal.kind, refusal });
}
