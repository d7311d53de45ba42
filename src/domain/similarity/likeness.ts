import { featuresOf, KINDS, type Features } from './features.ts';
import type { Glossary } from './glossary.ts';
import { VectorIndex, type Vector } from './vector-index.ts';

/** What is compared: a recommendation on a board. */
export interface Card {
  readonly id: string;
  readonly text: string;
}

/** Two cards that may say the same thing. */
export interface Hint {
  readonly one: string;
  readonly other: string;
  /** 0 to 1. Ranks hints among each other; it is no probability, and means another thing in other languages. */
  readonly score: number;
  /** What both speak of, by the glossary, the rarest first; for somebody who reads only one of the two. */
  readonly shared: readonly SharedConcept[];
}

export interface SharedConcept {
  /** The glossary's name for it. */
  readonly concept: string;
  /** The words of the two cards that mean it. */
  readonly words: readonly [one: string, other: string];
}

/** Whether two cards are asked about at all. */
export type MayPair = (one: string, other: string) => boolean;

type Kind = (typeof KINDS)[number];
type Meant = Features['meant'];
type PerKind<T> = Readonly<Record<Kind, T>>;

// measured over 213 cards in eight languages (ENGINE §4)
const WEIGHTS: PerKind<number> = { stretches: 0.25, skeletons: 0.15, concepts: 0.6 };
const UNKNOWN = 0.5; // of a concept that nobody else has: two cards that share their only known word are no twins yet
const LEAST = 0.12; // below it two cards have next to nothing in common: the best of a bad lot is no hint
const EACH_OTHERS_BEST = 2;
const STALE = 0.1; // of the cards have come or gone: what is rare is weighed anew

/**
 * Which cards of a table may say the same thing, across scripts and languages: cosines of TF-IDF vectors over the cards on the table, for
 * each kind of feature. Scores in different languages cannot be held against one threshold, so cards are ranked: a hint is two cards each
 * of which is among the other's best two. A card that comes costs its own comparison only.
 */
export class LikenessTable {
  readonly #glossary: Glossary;
  readonly #cards = new Map<string, { readonly text: string; readonly features: Features }>();
  /** Of how many cards each feature is a part. */
  readonly #spread = perKind(() => new Map<string, number>());
  #indexes = perKind(() => new VectorIndex());
  /** Cards that came or went since all were weighed. */
  #changed = 0;

  constructor(glossary: Glossary) {
    this.#glossary = glossary;
  }

  put({ id, text }: Card): void {
    if (this.#cards.get(id)?.text === text) return;
    this.remove(id);
    const features = featuresOf(text, this.#glossary);
    this.#cards.set(id, { text, features });
    this.#count(features, 1);
    this.#changed += 1;
    if (this.#isStale) return; // all are weighed before anybody asks
    for (const kind of KINDS) this.#indexes[kind].put(id, this.#vector(kind, features));
  }

  remove(id: string): void {
    const card = this.#cards.get(id);
    if (!card) return;
    this.#cards.delete(id);
    this.#count(card.features, -1);
    for (const kind of KINDS) this.#indexes[kind].remove(id);
    this.#changed += 1;
  }

  /** Puts what is given on the table and takes everything else away. */
  replace(cards: readonly Card[]): void {
    const staying = new Set(cards.map(({ id }) => id));
    for (const id of [...this.#cards.keys()]) if (!staying.has(id)) this.remove(id);
    for (const card of cards) this.put(card);
  }

  /** The cards most like one, best first; none for a card that is not on the table. */
  nearest(id: string, most: number, mayPair: MayPair = anyTwo): Hint[] {
    if (this.#isStale) this.#weighAll();
    return this.#best(id, most, mayPair).map(([other, score]) => this.#hint(id, other, score));
  }

  /** Pairs that are each in the other's best two, best first. */
  hints(mayPair: MayPair = anyTwo): Hint[] {
    if (this.#changed > 0) this.#weighAll();
    const bests = new Map([...this.#cards.keys()].map((id) => [id, this.#best(id, EACH_OTHERS_BEST, mayPair)]));
    const seen = new Set<string>();
    const hints: Hint[] = [];
    for (const [one, others] of bests) {
      seen.add(one);
      for (const [other, score] of others) {
        if (score < LEAST || seen.has(other)) continue;
        if (bests.get(other)!.some(([id]) => id === one)) hints.push(this.#hint(one, other, score));
      }
    }
    return hints.sort((a, b) => b.score - a.score);
  }

  get #isStale(): boolean {
    return this.#changed > STALE * this.#cards.size;
  }

  #best(one: string, most: number, mayPair: MayPair): [id: string, score: number][] {
    const scores = new Map<string, number>();
    for (const kind of KINDS) this.#indexes[kind].addScores(one, WEIGHTS[kind], scores);
    return [...scores]
      .filter(([other]) => other !== one && mayPair(one, other))
      .sort(([, a], [, b]) => b - a)
      .slice(0, most);
  }

  #hint(one: string, other: string, score: number): Hint {
    const [mine, theirs] = [one, other].map((id) => this.#cards.get(id)!.features.meant) as [Meant, Meant];
    const spread = (concept: string) => this.#spread.concepts.get(concept) ?? 0;
    const concepts = [...mine.keys()].filter((concept) => theirs.has(concept));
    const shared = concepts
      .sort((a, b) => spread(a) - spread(b))
      .map((concept) => ({ concept, words: [mine.get(concept)!, theirs.get(concept)!] as const }));
    return { one, other, score, shared };
  }

  #count(features: Features, by: 1 | -1): void {
    for (const kind of KINDS) {
      const spread = this.#spread[kind];
      for (const feature of features[kind].keys()) {
        const cards = (spread.get(feature) ?? 0) + by;
        if (cards > 0) spread.set(feature, cards);
        else spread.delete(feature);
      }
    }
  }

  #weighAll(): void {
    this.#indexes = perKind(() => new VectorIndex());
    for (const [id, { features }] of this.#cards) {
      for (const kind of KINDS) this.#indexes[kind].put(id, this.#vector(kind, features));
    }
    this.#changed = 0;
  }

  #vector(kind: Kind, features: Features): Vector {
    const weights = [...features[kind]].map(([feature, times]) => {
      const rarity = Math.log(1 + this.#cards.size / this.#spread[kind].get(feature)!);
      return [feature, (1 + Math.log(times)) * rarity] as const;
    });
    const beside = kind === 'concepts' ? UNKNOWN * Math.sqrt(features.unknown) : 0;
    const length = Math.hypot(beside, ...weights.map(([, weight]) => weight)) || 1;
    return new Map(weights.map(([feature, weight]) => [feature, weight / length]));
  }
}

const anyTwo: MayPair = () => true;

function perKind<T>(make: () => T): PerKind<T> {
  return { stretches: make(), skeletons: make(), concepts: make() };
}
