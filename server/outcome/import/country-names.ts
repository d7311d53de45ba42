import { COUNTRIES } from '#domain/forum/countries.ts';
import { nameOfCountry } from '#domain/languages/country-names.ts';
import { countryOf } from '#domain/languages/country-of.ts';
import type { Language } from '#domain/languages/language.ts';

/** Names in use beside those that the language data knows. */
const ALSO: Readonly<Record<string, string>> = {
  'kyrgyz republic': 'KG',
  'russian federation': 'RU',
  turkey: 'TR',
  usa: 'US',
  uk: 'GB',
  кыргызстан: 'KG',
  киргизия: 'KG',
  туркмения: 'TM',
  сша: 'US',
};

const SHORTEST_NAME = 3;

export interface FoundCountry {
  readonly code: string;
  readonly at: number;
}

/** Finds names of countries in text, in the given languages. */
export class CountryNames {
  readonly #codes = new Map<string, string>();
  readonly #pattern: RegExp;

  constructor(languages: readonly Language[]) {
    for (const language of languages) {
      const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
      for (const code of COUNTRIES) {
        this.#add(nameOfCountry(code, language), code);
        this.#add(names.of(code), code);
      }
    }
    for (const [name, code] of Object.entries(ALSO)) this.#add(name, code);
    const longestFirst = [...this.#codes.keys()].sort((a, b) => b.length - a.length);
    this.#pattern = new RegExp(String.raw`(?<!\p{L})(${longestFirst.map(inflectable).join('|')})(?!\p{L})`, 'giu');
  }

  /** The country that a text names and nothing else. */
  exactly(text: string): string | null {
    const [found, ...more] = this.within(text);
    const rest = text.replace(this.#pattern, '').trim();
    if (found) return more.length === 0 && rest === '' ? found.code : null;
    // In another language, or by another name; a few letters are rather a title than a code.
    return text.trim().length > SHORTEST_NAME && /^[^\p{L}]*[\p{Lu}\p{Lo}]/u.test(text) ? countryOf(text) : null;
  }

  /** In the order of the text, each country once. */
  within(text: string): FoundCountry[] {
    const found = new Map<string, FoundCountry>();
    for (const match of text.matchAll(this.#pattern)) {
      const code = this.#codeOf(match[0].toLowerCase());
      // "chad" and "turkey" are words; a country begins with a capital.
      if (code && match[0][0] !== match[0][0]?.toLowerCase() && !found.has(code))
        found.set(code, { code, at: match.index });
    }
    return [...found.values()];
  }

  #add(name: string | undefined, code: string): void {
    if (name && !this.#codes.has(name.toLowerCase())) this.#codes.set(name.toLowerCase(), code);
  }

  #codeOf(written: string): string | undefined {
    for (let cut = 0; cut <= 4; cut += 1) {
      const stem = written.slice(0, written.length - cut);
      const exact = cut === 0 ? this.#codes.get(written) : undefined;
      if (exact) return exact;
      for (const [name, code] of this.#codes) if (isCyrillic(name) && stemOf(name) === stem) return code;
    }
    return undefined;
  }
}

const isCyrillic = (name: string): boolean => /\p{Script=Cyrillic}/u.test(name);
/** "Казахстана", "Россией": Cyrillic names change their ending with the sentence. */
const stemOf = (name: string): string => (name.length > 4 ? name.replace(/[аеиоуыэюяйь]{1,2}$/u, '') : name);
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const inflectable = (name: string): string =>
  isCyrillic(name) && name.length > 4 ? `${escaped(stemOf(name))}\\p{L}{0,3}` : escaped(name);
