const CONSONANTS = 'bdfghjklmnprstvz';
const VOWELS = 'aiou';
const BYTES = 10; // 80 bits: nobody makes another certificate that begins alike

/** The beginning of a fingerprint in words of five letters that every language can say, two bytes in each (“proquints”). */
export function spoken(fingerprint: Uint8Array): string {
  const words: string[] = [];
  for (let at = 0; at < BYTES; at += 2) {
    const value = ((fingerprint[at] ?? 0) << 8) | (fingerprint[at + 1] ?? 0);
    words.push(
      [
        CONSONANTS[value >> 12],
        VOWELS[(value >> 10) & 3],
        CONSONANTS[(value >> 6) & 15],
        VOWELS[(value >> 4) & 3],
        CONSONANTS[value & 15],
      ].join(''),
    );
  }
  return words.join(' ');
}
