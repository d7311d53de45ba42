import { shortLine } from '#domain/languages/short-line.ts';
import { oneLine } from '#domain/languages/one-line.ts';

const LONGEST = 60; // characters; the longest that we ask for has 21

/** A field's name as a message says it: it is whatever somebody has put into a file. */
export const shownKey = (key: unknown): string => shortLine(oneLine(String(key)), LONGEST);
