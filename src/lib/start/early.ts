import type { KitApp, KitRoot, Hydration, PageStore } from 'virtual:kit';

/** What the page began with, for the router that comes later. */
interface Early {
  app: KitApp;
  target: HTMLElement;
  hydration: Hydration;
  root: KitRoot;
  page: object;
  readonly store: PageStore;
}

/** Kit's root reads the page from a store as well, which tells what has been set once it is told to: after the page was rendered. */
function pageStore(): PageStore {
  const readers = new Set<(page: unknown) => void>();
  let page: unknown;
  let told: unknown;
  const tell = (reader: (page: unknown) => void) => page !== undefined && reader(page);
  return {
    set: (next) => void (page = next),
    notify() {
      if (page === told) return;
      told = page;
      for (const reader of readers) tell(reader);
    },
    subscribe(reader) {
      readers.add(reader);
      tell(reader);
      return () => void readers.delete(reader);
    },
  };
}

// One page, one start; both are told by the script that the server writes into it.
export const early = { store: pageStore() } as Early;
