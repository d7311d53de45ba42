import { fromBase64, toBase64 } from 'lib0/buffer';
import { newId } from '#lib/new-id.ts';
import type { PageStorage } from './page-storage.ts';

const MOST = 500_000; // bytes; browsers give a site some 5 MB

/**
 * Own updates that neither IndexedDB nor the server has confirmed. IndexedDB writes some milliseconds after the letter, and a page
 * that crashes or is closed in between takes them along; `localStorage` has them when the call returns.
 */
export class KeptTail {
  readonly #database: string;
  readonly #key: string;
  readonly #storage: PageStorage;
  /** Resolves when IndexedDB has on its disk what it was given until now. */
  readonly #stored: () => Promise<unknown>;
  #waiting: Uint8Array[] = [];
  #isAsking = false;
  /** One that was left out leaves out those behind it: they build on it. */
  #isFull = false;

  constructor(database: string, storage: PageStorage, stored: () => Promise<unknown>, tab: string = newId()) {
    this.#database = database;
    this.#key = `${prefixOf(database)}${tab}`;
    this.#storage = storage;
    this.#stored = stored;
  }

  add(update: Uint8Array): void {
    const size = this.#waiting.reduce((sum, { length }) => sum + length, update.length);
    this.#isFull = size > MOST || (this.#isFull && this.#waiting.length > 0);
    if (this.#isFull) return;
    this.#waiting.push(update);
    this.#write();
    void this.#ask();
  }

  /** What the tabs before this one left: they are this one's now. */
  take(): readonly Uint8Array[] {
    const left = tailsOf(this.#database, this.#storage);
    if (left.length === 0) return left;
    this.#waiting = [...left, ...this.#waiting];
    this.#write();
    forgetTails(this.#database, this.#storage, this.#key);
    void this.#ask();
    return left;
  }

  /** The server has everything. */
  settled(): void {
    this.#forget(this.#waiting.length);
  }

  async #ask(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    while (this.#waiting.length > 0) {
      const asked = new Set(this.#waiting);
      await this.#stored();
      this.#forget(this.#waiting.filter((update) => asked.has(update)).length);
    }
    this.#isAsking = false;
  }

  #forget(count: number): void {
    if (count === 0) return;
    this.#waiting.splice(0, count);
    this.#write();
  }

  #write(): void {
    try {
      if (this.#waiting.length > 0) this.#storage.setItem(this.#key, JSON.stringify(this.#waiting.map(toBase64)));
      else this.#storage.removeItem(this.#key);
    } catch {
      // full or forbidden: IndexedDB alone has to do
    }
  }
}

/** Everything that tabs have left of a database, in their order. */
export function tailsOf(database: string, storage: PageStorage): readonly Uint8Array[] {
  return keysOf(database, storage).flatMap((key) => {
    try {
      return (JSON.parse(storage.getItem(key) ?? '[]') as string[]).map(fromBase64);
    } catch {
      return []; // written by nobody we know
    }
  });
}

export function forgetTails(database: string, storage: PageStorage, but?: string): void {
  for (const key of keysOf(database, storage)) {
    if (key === but) continue;
    try {
      storage.removeItem(key);
    } catch {
      // the next tab finds it again, and Yjs knows it already
    }
  }
}

function keysOf(database: string, storage: PageStorage): string[] {
  try {
    const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
    return keys.filter((key) => key.startsWith(prefixOf(database))).sort();
  } catch {
    return [];
  }
}

const prefixOf = (database: string) => `${database}:tail:`;
