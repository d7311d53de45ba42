import { wordsOf, type Word } from './latin.ts';

interface Beginning {
  readonly concept: string;
  /** One for each word that stands side by side. */
  readonly words: readonly Word[];
  readonly isWhole: boolean;
}

/**
 * Concepts and the beginnings of the words that mean them, in any script. One concept a line: its name, a colon, beginnings with spaces
 * between them. One that ends in a full stop is the whole word; `_` stands between words side by side; `#` begins a remark. Lines that are
 * no such line are passed over: a glossary may come from a person.
 */
export class Glossary {
  /** By script and the first letters, which every word that it matches has too. */
  readonly #beginnings = new Map<string, Beginning[]>();

  constructor(text: string) {
    for (const line of text.split('\n')) {
      const [name = '', beginnings] = line.split(':', 2);
      const concept = name.trim();
      if (!concept || concept.startsWith('#') || !beginnings) continue;
      for (const each of beginnings.split(/\s+/)) this.#add(concept, each);
    }
  }

  /** What each of the words speaks of. */
  conceptsOf(words: readonly Word[]): string[][] {
    return words.map((word, at) => {
      const found = (this.#beginnings.get(keyOf(word)) ?? []).filter((beginning) => matches(beginning, words, at));
      return [...new Set(found.map(({ concept }) => concept))];
    });
  }

  #add(concept: string, beginning: string): void {
    const words = wordsOf(beginning);
    const [first] = words;
    if (!first || first.latin.length < KEY) return;
    const known = this.#beginnings.get(keyOf(first)) ?? [];
    known.push({ concept, words, isWhole: beginning.endsWith('.') });
    this.#beginnings.set(keyOf(first), known);
  }
}

const KEY = 2; // letters

const keyOf = ({ script, latin }: Word): string => `${script} ${latin.slice(0, KEY)}`;

function matches({ words, isWhole }: Beginning, text: readonly Word[], at: number): boolean {
  return words.every(({ script, latin }, index) => {
    const word = text[at + index];
    if (word?.script !== script) return false;
    return isWhole && index === words.length - 1 ? word.latin === latin : word.latin.startsWith(latin);
  });
}
