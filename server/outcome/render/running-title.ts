import { shortLine } from '#domain/languages/short-line.ts';

const LONGEST = 120;

/** The title in one line, for every page's edge: a long one there would fill each page anew. */
export const runningTitle = (title: string): string => shortLine(title, LONGEST);
