const ASK_EVERY = 2_000; // ms; what a page shows of a rehearsal that has ended is untrue
const ANSWERS_WITHIN = 10_000; // ms

interface Watching {
  /** Whether its simulated people are there still. */
  told?: (hasPeople: boolean) => void;
  /** Somebody ends it here, and is led elsewhere. */
  isLeaving?: () => boolean;
}

/** Asks whether a rehearsal still runs, and makes the page anew once it has ended: it says so then. Returns how to stop. */
export function watchRehearsal(slug: string, { told, isLeaving }: Watching = {}): () => void {
  const ask = async () => {
    if (document.hidden) return;
    const options = { cache: 'no-store', signal: AbortSignal.timeout(ANSWERS_WITHIN) } as const;
    const answer = await fetch(`/api/forums/${slug}/rehearsal`, options).catch(() => null);
    if (answer?.status === 410 && !isLeaving?.()) location.reload();
    else if (answer?.ok) told?.(((await answer.json()) as { hasPeople: boolean }).hasPeople);
  };
  const look = () => void ask();
  const timer = setInterval(look, ASK_EVERY);
  document.addEventListener('visibilitychange', look);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', look);
  };
}
