const LEAST = 4_000; // ms; whoever is next is let in while they still look at the page
const MOST = 30_000;
const EACH_BEFORE = 100; // ms: a thousand who wait ask about forty times a second together

/** Milliseconds until somebody with so many before them asks again. */
const askAgainAfter = (before: number): number => Math.min(LEAST + before * EACH_BEFORE, MOST);

interface Asking {
  /** Null: waits no more, and asks no more. */
  before(): number | null;
  ask(): Promise<unknown>;
  reached(reached: boolean): void;
}

/** Asks again and again whether one is let in. Returns how to stop. */
export function askAtTheDoor({ before, ask, reached }: Asking): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;
  const wait = () => {
    const place = before();
    if (isStopped || place === null) return;
    timer = setTimeout(
      async () => {
        try {
          await ask();
          reached(true);
        } catch {
          reached(false);
        }
        wait();
      },
      askAgainAfter(place) * (0.8 + Math.random() * 0.4),
    );
  };
  wait();
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}
