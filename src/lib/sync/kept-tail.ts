import { fromBase64, toBase64 } from 'lib0/buffer';
import { newId } from '#lib/new-id.ts';

const MOST = 500_000; // bytes; browsers give a site some 5 MB

/**
 * The updates that IndexedDB has not confirmed. Its writes are done some milliseconds after the letter, and a page that crashes or
 * is closed in between takes them along; `localStorage` has them when the call returns.
 */
export class KeptTail {
  readonly #key: string;
  readonly #storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** Resolves when IndexedDB has on its disk what it was given until now. */
  readonly #stored: () => Promise<unknown>;
  readonly #tab: string;
  #waiting: Uint8Array[] = [];
  #isAsking = false;
  /** One that was left out leaves out those behind it: they build on it. */
  #isFull = false;

  constructor(
    database: string,
    storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
    stored: () => Promise<unknown>,
    tab: string = newId(),
  ) {
    this.#key = `${database}:tail`;
    this.#storage = storage;
    this.#stored = stored;
    this.#tab = tab;
  }

  add(update: Uint8Array): void {
    const size = this.#waiting.reduce((sum, { length }) => sum + length, update.length);
    this.#isFull = size > MOST || (this.#isFull && this.#waiting.length > 0);
    if (this.#isFull) return;
    this.#waiting.push(update);
    this.#write(this.#read());
    void this.#ask();
  }

  /** What the tabs before this one left: they are this one's now. */
  take(): readonly Uint8Array[] {
    const left = Object.values(this.#read()).flat().map(fromBase64);
    if (left.length === 0) return left;
    this.#waiting = [...left, ...this.#waiting];
    this.#write({});
    void this.#ask();
    return left;
  }

  async #ask(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      while (this.#waiting.length > 0) {
        const { length } = this.#waiting;
        await this.#stored();
        this.#waiting.splice(0, length);
        this.#write(this.#read());
      }
    } catch {
      // the database is closed: the next tab finds the tail
    }
    this.#isAsking = false;
  }

  #read(): Record<string, string[]> {
    try {
      return JSON.parse(this.#storage.getItem(this.#key) ?? '{}') as Record<string, string[]>;
    } catch {
      return {};
    }
  }

  #write({ [this.#tab]: _, ...others }: Record<string, string[]>): void {
    const own = this.#waiting.length > 0 ? { [this.#tab]: this.#waiting.map(toBase64) } : {};
    const all = { ...others, ...own };
    try {
      if (Object.keys(all).length > 0) this.#storage.setItem(this.#key, JSON.stringify(all));
      else this.#storage.removeItem(this.#key);
    } catch {
      // full or forbidden: IndexedDB alone has to do
    }
  }
}
