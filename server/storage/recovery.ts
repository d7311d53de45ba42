import type { DocumentName } from '#protocol/document-name.ts';
import type { Loss } from './high-water.ts';

/** Browsers that were open come back within seconds, phones when they are taken out of the pocket. */
export const RECOVERY_MINUTES = 15;

/**
 * Which documents take back what people's browsers still hold of them: those that lost their end, for some minutes from now. Only
 * then may somebody bring what others wrote.
 */
export function recoveryAfter(loss: Loss | null): (document: DocumentName) => boolean {
  const shortened = new Set(loss?.isOther ? [] : loss?.documents.map(({ name }) => name));
  const until = performance.now() + RECOVERY_MINUTES * 60_000;
  return (document) => shortened.has(document) && performance.now() < until;
}
