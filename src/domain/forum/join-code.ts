/** Without 0 O 1 I L, which people mix up when they read a code from a wall. 31⁸ codes: about 8.5 × 10¹¹. */
export const JOIN_CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
export const JOIN_CODE_LENGTH = 8;

/** As people may type it: small letters, dashes of any kind, spaces. Null when it cannot be a code. */
export function normaliseJoinCode(typed: string): string | null {
  const code = typed.toUpperCase().replace(/[\s\p{Pd}]/gu, '');
  return code.length === JOIN_CODE_LENGTH && [...code].every((letter) => JOIN_CODE_ALPHABET.includes(letter))
    ? code
    : null;
}

/** `ABCD-EFGH`, as it is shown. */
export const formatJoinCode = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`;

/** A code from a source of whole numbers below its argument. */
export function makeJoinCode(below: (end: number) => number): string {
  return Array.from({ length: JOIN_CODE_LENGTH }, () => JOIN_CODE_ALPHABET[below(JOIN_CODE_ALPHABET.length)]).join('');
}
