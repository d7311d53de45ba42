import type { Glossary } from './glossary.ts';
import { wordsOf, type Word } from './latin.ts';

/** What two cards are compared by, each with how often the card has it. */
export interface Features {
  /** Stretches of three to five letters: the same word with another ending, and the same loan word in another script. */
  readonly stretches: ReadonlyMap<string, number>;
  /** A word's first letter and its consonants, four letters in all: what stays of a word when vowels are written otherwise. */
  readonly skeletons: ReadonlyMap<string, number>;
  /** What the glossary knows: the same thing in other words. */
  readonly concepts: ReadonlyMap<string, number>;
  /** With which word each concept was first meant. */
  readonly meant: ReadonlyMap<string, string>;
  /** Words that mean no concept of the glossary. */
  readonly unknown: number;
}

export const KINDS = ['stretches', 'skeletons', 'concepts'] as const;

const SHORTEST = 3;
const LONGEST = 5;
const SKELETON = 4;
const MOST_WORDS = 120; // a card is a sentence or two; what stands behind changes nothing in what it is about

export function featuresOf(text: string, glossary: Glossary): Features {
  const words = wordsOf(text).slice(0, MOST_WORDS);
  const concepts = glossary.conceptsOf(words);
  return {
    stretches: counted(words.flatMap(stretchesOf)),
    skeletons: counted(words.map(skeletonOf).filter((skeleton) => skeleton.length > 1)),
    concepts: counted(concepts.flat()),
    meant: new Map(
      concepts.flatMap((each, at) => each.map((concept) => [concept, words[at]!.plain] as const)).reverse(),
    ),
    unknown: concepts.filter((each, at) => each.length === 0 && words[at]!.latin.length >= SKELETON).length,
  };
}

function stretchesOf({ latin }: Word): string[] {
  const padded = ` ${latin.slice(0, MOST_WORDS)} `;
  const stretches: string[] = [];
  for (let length = SHORTEST; length <= LONGEST; length += 1) {
    for (let from = 0; from + length <= padded.length; from += 1) stretches.push(padded.slice(from, from + length));
  }
  return stretches;
}

function skeletonOf({ latin }: Word): string {
  return (latin.slice(0, 1) + latin.slice(1).replace(/[aeiouy]/g, '')).slice(0, SKELETON);
}

function counted(features: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  return counts;
}
