import { countryOf, knownSpellings, partsOf } from './country-of.ts';
import { foldName, foldShortName } from './fold-name.ts';

/**
 * The one country that somebody most likely meant whose words name none: a slip of the pen ("Pakstan"), a beginning with a point
 * ("Тадж."), or a country beside something else ("Lahore, Pakistan"). Null when the words are a country already, and when two are as
 * near. For asking, never for changing what was written.
 */
export function nearestCountry(typed: string): string | null {
  const words = typed.slice(0, LONGEST);
  if (countryOf(words)) return null;
  const whole = nearestOf(words);
  if (whole) return whole;
  const codes = new Set(partsOf(words).flatMap((part) => countryOf(part) ?? nearestOf(part) ?? []));
  return codes.size === 1 ? [...codes][0]! : null;
}

function nearestOf(words: string): string | null {
  const known = knownSpellings();
  const short = foldShortName(words);
  const begun = /\p{L}\.\s*$/u.test(words) ? beginningWith(known, short) : null;
  return begun ?? fewestSlips(known, foldName(words)) ?? fewestSlips(known, short);
}

const LONGEST = 80; // what the field takes
const SHORTEST_BEGINNING = 3;

/** Shorter words are one slip away from too much else: ЕАЭС, ОБСЕ. */
const SHORTEST = 5;
const slipsIn = (length: number) => (length < 8 ? 1 : 2);

function beginningWith(known: ReadonlyMap<string, string>, key: string): string | null {
  if (key.length < SHORTEST_BEGINNING) return null;
  const codes = new Set<string>();
  for (const [spelling, code] of known) if (spelling.startsWith(key)) codes.add(code);
  return codes.size === 1 ? [...codes][0]! : null;
}

function fewestSlips(known: ReadonlyMap<string, string>, key: string): string | null {
  if (key.length < SHORTEST - 1) return null;
  let fewest = slipsIn(key.length);
  let codes = new Set<string>();
  for (const [spelling, code] of known) {
    if (spelling.length < SHORTEST - 1 || Math.max(spelling.length, key.length) < SHORTEST) continue;
    const slips = slipsBetween(key, spelling, fewest);
    if (slips > fewest) continue;
    if (slips < fewest) codes = new Set();
    fewest = slips;
    codes.add(code);
  }
  return codes.size === 1 ? [...codes][0]! : null;
}

/** Three rows for every comparison: one for each would be thousands for every word. */
const ROWS = [new Uint8Array(258), new Uint8Array(258), new Uint8Array(258)] as const;

/** Letters left out, added, mistaken or swapped with the next one; counted as far as `most`, beyond which it is one more. */
function slipsBetween(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most || Math.max(a.length, b.length) > 255) return most + 1;
  let [before, above, row] = ROWS;
  for (let j = 0; j <= most + 1; j += 1) above[j] = j;
  for (let i = 1; i <= a.length; i += 1) {
    const [from, to] = [Math.max(1, i - most), Math.min(b.length, i + most)];
    row[from - 1] = from === 1 ? Math.min(i, most + 1) : most + 1;
    let least = row[from - 1]!;
    for (let j = from; j <= to; j += 1) {
      const isSame = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let slips = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + (isSame ? 0 : 1));
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwapped && before[j - 2]! + 1 < slips) slips = before[j - 2]! + 1;
      row[j] = slips;
      if (slips < least) least = slips;
    }
    row[to + 1] = most + 1;
    if (least > most) return most + 1;
    [before, above, row] = [above, row, before];
  }
  return above[b.length]!;
}
