export type PageStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** This site's `localStorage`; where the browser forbids even to look at it, one that lasts as long as the page. */
export function pageStorage(): PageStorage {
  try {
    const storage = localStorage;
    storage.getItem('');
    return storage;
  } catch {
    return new MemoryStorage();
  }
}

export class MemoryStorage implements PageStorage {
  readonly #values = new Map<string, string>();

  get length(): number {
    return this.#values.size;
  }
  getItem(key: string): string | null {
    return this.#values.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.#values.set(key, value);
  }
  removeItem(key: string): void {
    this.#values.delete(key);
  }
  key(index: number): string | null {
    return [...this.#values.keys()][index] ?? null;
  }
}
