/** Installed in the page before anything else; does harm only while `window.isFaulty`. */
type Fault = () => void;

declare global {
  interface Window {
    isFaulty: boolean;
  }
}

/** What a browser's stores do in the hands of people: closed, forbidden, full, silent, at each call that can be made. */
export const STORE_FAULTS: Readonly<Record<string, Fault>> = {
  'open throws': () => {
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = function (...args) {
      if (window.isFaulty) throw new DOMException('forbidden', 'SecurityError');
      return open.apply(this, args);
    };
  },
  'open fails': () => {
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = function (name, version) {
      if (!window.isFaulty) return open.call(this, name, version);
      const request = new EventTarget() as IDBOpenDBRequest;
      setTimeout(() => request.onerror?.(new Event('error')));
      return request;
    };
  },
  'open never answers': () => {
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = function (name, version) {
      return window.isFaulty ? (new EventTarget() as IDBOpenDBRequest) : open.call(this, name, version);
    };
  },
  'transaction throws': () => {
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = function (...args) {
      if (window.isFaulty) throw new DOMException('closing', 'InvalidStateError');
      return transaction.apply(this, args);
    };
  },
  'objectStore throws': () => {
    const { objectStore } = IDBTransaction.prototype;
    IDBTransaction.prototype.objectStore = function (name) {
      if (window.isFaulty) throw new DOMException('gone', 'NotFoundError');
      return objectStore.call(this, name);
    };
  },
  'reading throws': () => {
    const { getAll } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.getAll = function (...args) {
      if (window.isFaulty) throw new DOMException('no', 'DataError');
      return getAll.apply(this, args);
    };
  },
  'adding throws': () => {
    const { add } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.add = function (...args) {
      if (window.isFaulty) throw new DOMException('no', 'DataCloneError');
      return add.apply(this, args);
    };
  },
  'the disk is full': () => {
    const { add } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.add = function (...args) {
      const request = add.apply(this, args);
      if (window.isFaulty) this.transaction.abort();
      return request;
    };
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = function (...args) {
      if (window.isFaulty) throw new DOMException('full', 'QuotaExceededError');
      return setItem.apply(this, args);
    };
  },
  'a write is never confirmed': () => {
    const complete = Object.getOwnPropertyDescriptor(IDBTransaction.prototype, 'oncomplete')!;
    Object.defineProperty(IDBTransaction.prototype, 'oncomplete', {
      configurable: true,
      set(listener: unknown) {
        if (!window.isFaulty) complete.set!.call(this, listener);
      },
    });
  },
  'everything is forbidden': () => {
    const { open } = IDBFactory.prototype;
    const forbidden = () => new DOMException('forbidden', 'SecurityError');
    const storage = localStorage;
    Object.defineProperty(window, 'localStorage', {
      get() {
        if (window.isFaulty) throw forbidden();
        return storage;
      },
    });
    IDBFactory.prototype.open = function (...args) {
      if (window.isFaulty) throw forbidden();
      return open.apply(this, args);
    };
  },
};

/** What happens to stores that are open and in order. */
export const STORE_MISHAPS: Readonly<Record<string, () => Promise<void> | void>> = {
  'another tab deletes the database': async () => {
    for (const { name } of await indexedDB.databases()) if (name) indexedDB.deleteDatabase(name);
  },
  'localStorage is cleared': () => localStorage.clear(),
};
