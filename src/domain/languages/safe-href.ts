import { LIMITS } from '../limits.ts';

const HREF = /^(https?:|mailto:)[^\s\p{C}]+$/iu;

/** Links that may leave this system; everything else is dropped, so that no `javascript:` reaches a page or an export. */
export const isSafeHref = (href: string): boolean =>
  href.length <= LIMITS.href.most && HREF.test(href) && isAddress(href);

function isAddress(href: string): boolean {
  try {
    return new URL(href).href !== '';
  } catch {
    return false;
  }
}

/** The same for addresses that were stored before anybody looked: undefined makes plain text of a link. */
export const safeHref = (href: string): string | undefined => (isSafeHref(href) ? href : undefined);
