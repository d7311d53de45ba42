/** On the window, when a part came that had been missed. */
export const PART_CAME = 'dastarkhan:partcame';

const FIRST = 1_000; // ms
const MOST = 15_000;

/**
 * A part of the page that is fetched when it is used. A network that failed once must not cost it for good: it is asked for until it
 * comes, and at once when the network is back. Meanwhile `PartMissing` says so.
 */
export async function part<T>(load: () => Promise<T>): Promise<T> {
  for (let wait = FIRST; ; wait = Math.min(wait * 2, MOST)) {
    try {
      const loaded = await load();
      if (wait > FIRST) dispatchEvent(new Event(PART_CAME));
      return loaded;
    } catch (error) {
      if (typeof window === 'undefined') throw error;
      await pause(wait);
    }
  }
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
