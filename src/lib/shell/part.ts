/** On the window: how many parts of the page are asked for again, whenever one fails or one that had failed comes. */
export const PARTS_MISSING = 'dastarkhan:partsmissing';

const FIRST = 1_000; // ms
const MOST = 15_000;

let missing = 0;

/**
 * A part of the page that is fetched when it is used. A network that failed once must not cost it for good: it is asked for until it
 * comes, and at once when the network is back. Meanwhile `PartMissing` says so.
 */
export async function part<T>(load: () => Promise<T>): Promise<T> {
  for (let wait = FIRST; ; wait = Math.min(wait * 2, MOST)) {
    try {
      const loaded = await load();
      if (wait > FIRST) tell(-1);
      return loaded;
    } catch (error) {
      if (typeof window === 'undefined') throw error;
      tell(wait === FIRST ? 1 : 0);
      await pause(wait);
    }
  }
}

function tell(more: -1 | 0 | 1): void {
  missing += more;
  dispatchEvent(new CustomEvent(PARTS_MISSING, { detail: missing }));
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    addEventListener('online', done);
  });
}
