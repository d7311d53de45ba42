import { LIMITS } from '#domain/limits.ts';
import { isSafeHref } from '#protocol/rich-text.ts';

/** Word opens addresses of up to 2,083 signs, and the typesetter stops at 8,000. */
const LONGEST = LIMITS.href.most;

/**
 * An address as a link of a file must have it: http, https or mailto, and every odd sign in it encoded. Undefined where there
 * is none that a reader could follow; its words are shown all the same.
 */
export function addressOf(href: string | undefined): string | undefined {
  if (href === undefined || href.length > LONGEST || !isSafeHref(href) || !URL.canParse(href)) return undefined;
  const address = new URL(href).href.replace(/["'<>`\\{}|^\s]/g, encodeURIComponent);
  return address.length > LONGEST ? undefined : address;
}
