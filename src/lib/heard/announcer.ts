/**
 * When a sentence is told to whoever does not see the page. `deed`: the answer to what this person just did. `once`: what concerns
 * this person. `digest`: what others do. `now`: what cannot wait, that time is over or that one is kept out; it interrupts.
 */
export type At = 'deed' | 'once' | 'digest' | 'now';

/** What a person wants to be told. Answers to one's own deeds, and what cannot wait, are told to everybody. */
export const WANTED = ['all', 'mine', 'silent'] as const;
export type Wanted = (typeof WANTED)[number];

export interface Timer {
  /** Milliseconds on a clock that only goes forward. */
  now(): number;
  /** Runs once; returns how to call it off. */
  after(ms: number, run: () => void): () => void;
}

/** A sentence that is made when it is told, from what has been gathered by then; empty when there is nothing. */
interface Gathered {
  readonly render: () => string;
  readonly concernsMe: boolean;
}

export const DIGEST_EVERY = 10_000; // ms
const GATHER = 2_000; // ms; who adds an idea often adds a second one
const AT_ONCE = 3; // sentences within DIGEST_EVERY; more cannot be followed, and wait for the digest
const SENTENCES = 4; // in one digest, beside what is counted

/** One queue for everything that a page says by itself: a crowd that types is a digest, and what concerns this person comes at once. */
export class Announcer {
  readonly #timer: Timer;
  readonly #speak: (text: string, isUrgent: boolean) => void;
  readonly #wanted: () => Wanted;
  readonly #sentences: { readonly text: string; readonly concernsMe: boolean }[] = [];
  readonly #gathered = new Map<string, Gathered>();
  #toldAt: readonly number[] = [];
  #digestAt = -Infinity;
  #callOff: (() => void) | null = null;

  constructor(timer: Timer, wanted: () => Wanted, speak: (text: string, isUrgent: boolean) => void) {
    this.#timer = timer;
    this.#wanted = wanted;
    this.#speak = speak;
  }

  announce(text: string, { at }: { readonly at: At }): void {
    if (text.trim() === '') return;
    if (at === 'deed' || at === 'now') return this.#speak(text, at === 'now');
    const wanted = this.#wanted();
    if (wanted === 'silent' || (wanted === 'mine' && at === 'digest')) return;
    if (at === 'once' && this.#mayTell()) return this.#speak(text, false);
    this.#sentences.push({ text, concernsMe: at === 'once' });
    this.#plan();
  }

  /** Part of the next digest; told again under the same key it is one part. */
  gather(key: string, render: () => string, concernsMe = false): void {
    this.#gathered.set(key, { render, concernsMe });
    this.#plan();
  }

  destroy(): void {
    this.#callOff?.();
  }

  #mayTell(): boolean {
    const now = this.#timer.now();
    this.#toldAt = this.#toldAt.filter((at) => now - at < DIGEST_EVERY);
    if (this.#toldAt.length >= AT_ONCE) return false;
    this.#toldAt = [...this.#toldAt, now];
    return true;
  }

  #plan(): void {
    if (this.#callOff) return;
    const wait = Math.max(GATHER, this.#digestAt + DIGEST_EVERY - this.#timer.now());
    this.#callOff = this.#timer.after(wait, () => {
      this.#callOff = null;
      this.#tell();
    });
  }

  #tell(): void {
    const wanted = this.#wanted();
    const isWanted = ({ concernsMe }: { readonly concernsMe: boolean }) =>
      wanted === 'all' || (wanted === 'mine' && concernsMe);
    const sentences = this.#sentences.filter(isWanted).map(({ text }) => text);
    // What is gathered is taken even when nobody wants it: it must not be told as news when they do.
    const counted = [...this.#gathered.values()].map((part) => [part.render(), isWanted(part)] as const);
    this.#sentences.length = 0;
    this.#gathered.clear();
    const told = counted.flatMap(([text, isTold]) => (isTold && text !== '' ? [text] : []));
    const text = [...new Set(sentences)].slice(-SENTENCES).concat(told).join(' ');
    if (text === '') return;
    this.#digestAt = this.#timer.now();
    this.#speak(text, false);
  }
}
