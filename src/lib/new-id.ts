import type { Id } from '#domain/ids.ts';

const DIGITS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** 24 of 36 signs: 124 bits. Not `randomUUID`: a hall's server has an address without https, where browsers do not offer it. */
export function newId<T extends Id<string>>(): T {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return Array.from(bytes, (byte) => DIGITS[byte % DIGITS.length]).join('') as T;
}
