import { JOIN_CODE_LENGTH } from '#domain/forum/join-code.ts';

/** Keys that look alike on a Cyrillic keyboard, which is what many phones of the region show first. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  А: 'A',
  В: 'B',
  Е: 'E',
  К: 'K',
  М: 'M',
  Н: 'H',
  Р: 'P',
  С: 'C',
  Т: 'T',
  У: 'Y',
  Х: 'X',
};

/** Characters that are looked at: a whole link has fewer. */
export const LONGEST = 2_000;

/** What somebody typed or pasted so far as `XXXX-XXXX`: a whole join link gives its code, Cyrillic look-alikes become Latin. */
export function typedCode(typed: string): string {
  const linked = /\/join\/([^/?#\s]+)/.exec(typed)?.[1] ?? typed;
  const letters = [...linked.toUpperCase()]
    .map((letter) => LOOKALIKES[letter] ?? letter)
    .filter((letter) => /[0-9A-Z]/.test(letter))
    .slice(0, JOIN_CODE_LENGTH);
  const [head, tail] = [letters.slice(0, 4).join(''), letters.slice(4).join('')];
  return tail ? `${head}-${tail}` : head;
}
