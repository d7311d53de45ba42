const UPDATES = 'updates';
const ANSWERS_WITHIN = 5_000; // ms; a phone under load takes one, some private windows never answer

/** What was asked of IndexedDB did not happen, for whatever reason: closed, cleared, full, forbidden, silent. */
class CopyLost extends Error {
  override name = 'CopyLost';
}

export interface StoredUpdate {
  readonly key: number;
  readonly update: Uint8Array;
}

/**
 * The database of one copy: updates in the order in which they came, laid out as y-indexeddb does. Whatever IndexedDB
 * does, nothing here throws at once or stays silent: a promise rejects with `CopyLost`.
 */
export class CopyDatabase {
  readonly #db: IDBDatabase;

  private constructor(db: IDBDatabase) {
    this.#db = db;
  }

  /** `onLost`: the browser has closed it, or somebody wants to delete it. */
  static open(name: string, onLost: () => void): Promise<CopyDatabase> {
    let isLate = false;
    return answered<CopyDatabase>((resolve, reject) => {
      const request = indexedDB.open(name);
      request.onupgradeneeded = () => {
        request.result.createObjectStore(UPDATES, { autoIncrement: true });
        request.result.createObjectStore('custom');
      };
      request.onerror = () => reject(new CopyLost(`${request.error?.name}`));
      request.onblocked = () => reject(new CopyLost('blocked'));
      request.onsuccess = () => {
        const db = request.result;
        if (isLate) return db.close();
        const close = () => {
          db.close();
          onLost();
        };
        db.onclose = onLost;
        db.onversionchange = close;
        resolve(new CopyDatabase(db));
      };
    }).catch((error: unknown) => {
      isLate = true;
      throw error;
    });
  }

  static delete(name: string): void {
    try {
      indexedDB.deleteDatabase(name).onerror = (event) => event.preventDefault();
    } catch {
      // what cannot be opened cannot be deleted, and nobody waits for it
    }
  }

  /** Those behind `after`. */
  async read(after: number): Promise<StoredUpdate[]> {
    const { keys, values } = await this.#transact<{ keys: IDBRequest<IDBValidKey[]>; values: IDBRequest<unknown[]> }>(
      'readonly',
      (store) => {
        const range = IDBKeyRange.lowerBound(after, true);
        return { keys: store.getAllKeys(range), values: store.getAll(range) };
      },
    );
    return keys.result.flatMap((key, index): StoredUpdate[] => {
      const update = values.result[index];
      return typeof key === 'number' && update instanceof Uint8Array ? [{ key, update }] : [];
    });
  }

  async add(updates: readonly Uint8Array[]): Promise<void> {
    await this.#transact('readwrite', (store) => {
      for (const update of updates) store.add(update);
    });
  }

  /** One update that holds what is stored up to `last` replaces it. */
  async replace(last: number, whole: Uint8Array): Promise<void> {
    await this.#transact('readwrite', (store) => {
      store.add(whole);
      store.delete(IDBKeyRange.upperBound(last));
    });
  }

  close(): void {
    this.#db.onclose = null;
    try {
      this.#db.close();
    } catch {
      // it is
    }
  }

  /** Resolves when what was asked for is on the disk. */
  #transact<Asked>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => Asked): Promise<Asked> {
    return answered((resolve, reject) => {
      const transaction = this.#db.transaction(UPDATES, mode);
      transaction.onerror = () => reject(new CopyLost(`${transaction.error?.name}`));
      transaction.onabort = () => reject(new CopyLost(`${transaction.error?.name}`));
      const asked = ask(transaction.objectStore(UPDATES));
      transaction.oncomplete = () => resolve(asked);
    });
  }
}

function answered<T>(ask: (resolve: (value: T) => void, reject: (error: CopyLost) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const silence = setTimeout(() => reject(new CopyLost('no answer')), ANSWERS_WITHIN);
    const done = <V>(settle: (value: V) => void) => {
      return (value: V) => {
        clearTimeout(silence);
        settle(value);
      };
    };
    try {
      ask(done(resolve), done(reject));
    } catch (error) {
      done(reject)(new CopyLost(String(error)));
    }
  });
}
