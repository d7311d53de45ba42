const LEADING_NUMBER = /^\s*\d{1,3}(?:\.\d{1,3})*[.):]\s+/;

/** The title as the document shows it: the document numbers its themes itself, so a number typed in front is taken off. */
export const bareTitle = (title: string): string => title.replace(LEADING_NUMBER, '').trim();

/** Titles with the same key are one theme, whichever rooms wrote them. */
export const titleKey = (title: string): string =>
  bareTitle(title).replace(/\s+/g, ' ').normalize('NFKC').toLowerCase();
