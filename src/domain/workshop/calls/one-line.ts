import { wellFormed } from '../../languages/seen.ts';

/** Line breaks and other controls are spaces. */
export const oneLine = (text: string): string =>
  wellFormed(text)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();

/** In Unicode code points. */
export const lettersIn = (text: string): number => [...text].length;
