import { COUNTRIES } from '../forum/countries.ts';
import { COUNTRY_ALIASES } from './country-aliases.ts';
import { namesOfCountry } from './country-names.ts';
import { foldName, foldShortName } from './fold-name.ts';
import { INTERFACE_LANGUAGES } from './language.ts';

/**
 * The ISO 3166-1 alpha-2 code of the country that somebody named: by its code, its flag, its name in any of the eight languages or a
 * common alias, however it was typed. Null for words that name none, or two.
 */
export function countryOf(typed: string): string | null {
  const whole = codeOf(typed);
  if (whole) return whole;
  const codes = new Set(partsOf(typed).map(codeOf));
  return codes.size === 1 ? ([...codes][0] ?? null) : null;
}

/** What stands between commas, brackets and flags. */
export const partsOf = (typed: string): string[] =>
  typed
    .slice(0, LONGEST)
    .split(/[,;:/|·()[\]–—]|(?<=[\u{1f1e6}-\u{1f1ff}]{2})|(?<![\u{1f1e6}-\u{1f1ff}])(?=[\u{1f1e6}-\u{1f1ff}])/u)
    .filter((part) => foldName(part) !== '');

const LONGEST = 200;

/** Folded spelling → code, of every country in every language. */
export const knownSpellings = (): ReadonlyMap<string, string> => (spellings ??= allSpellings());

function codeOf(typed: string): string | null {
  const known = knownSpellings();
  return known.get(foldName(typed)) ?? known.get(foldShortName(typed)) ?? null;
}

let spellings: ReadonlyMap<string, string> | undefined;

/** Folded spelling → code. The first one stands: codes, then our names, then aliases, then what the language data calls the rest. */
function allSpellings(): Map<string, string> {
  const known = new Map<string, string>();
  const add = (name: string | undefined, code: string) => {
    for (const key of name === undefined ? [] : [foldName(name), foldShortName(name)]) {
      if (key !== '' && !known.has(key)) known.set(key, code);
    }
  };
  for (const code of COUNTRIES) add(code, code);
  for (const code of COUNTRIES) for (const name of namesOfCountry(code)) add(name, code);
  for (const [code, names] of Object.entries(COUNTRY_ALIASES)) for (const name of names.split(' · ')) add(name, code);
  for (const language of INTERFACE_LANGUAGES) {
    const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
    for (const code of COUNTRIES) add(names.of(code), code);
  }
  return known;
}
