import { createHmac, hash, randomBytes, randomInt } from 'node:crypto';

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const ID_LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** A secret of 200 bits in 40 lower-case letters and digits: for links and cookies. */
export function newToken(): string {
  return Array.from(randomBytes(40), (byte) => BASE32[byte % 32]).join('');
}

/** The token that belongs to a secret for one purpose: always the same, and it does not tell the secret. */
export function derivedToken(secret: string, purpose: string): string {
  const bytes = createHmac('sha256', secret).update(purpose).digest();
  const rest = createHmac('sha256', bytes).update(purpose).digest();
  return Array.from(Buffer.concat([bytes, rest]).subarray(0, 40), (byte) => BASE32[byte % 32]).join('');
}

/** What is stored of a token: who reads the database cannot use it. No salt is needed, tokens cannot be guessed. */
export const hashToken = (token: string): string => hash('sha256', token, 'hex');

/** A name for something new, not a secret by itself: 16 of 36 letters are 82 bits. */
export function randomId(length = 16): string {
  return Array.from({ length }, () => ID_LETTERS[randomInt(ID_LETTERS.length)]).join('');
}
