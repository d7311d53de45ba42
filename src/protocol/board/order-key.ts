import { LIMITS } from '#domain/limits.ts';

const DIGITS = new RegExp(String.raw`^[A-Za-z][0-9A-Za-z]{1,${LIMITS.orderKey.most - 1}}$`);
const SMALLEST = `A${'0'.repeat(26)}`;

/**
 * Whether new keys can be made from it (`fractional-indexing`). That library reads a key of a megabyte in quadratic time, and takes
 * letters that it does not know for digits.
 */
export function isOrderKey(key: unknown): key is string {
  if (typeof key !== 'string' || !DIGITS.test(key) || key === SMALLEST) return false;
  const whole = wholeLength(key.charCodeAt(0));
  return key.length === whole || (key.length > whole && !key.endsWith('0'));
}

/** Characters of the whole part, its head included: `a` and `Z` have one digit behind them, `z` and `A` 26. */
function wholeLength(head: number): number {
  const isLower = head >= 97; // a
  return isLower ? head - 97 + 2 : 90 - head + 2;
}
