import { setTimeout as wait } from 'node:timers/promises';

/** The rests between one's deeds, out of which one is called when something else is to be done. */
export class Resting {
  #called: AbortController | null = null;

  /** Resolves after `ms`, when `over`, or when called. */
  async rest(ms: number, over: AbortSignal): Promise<void> {
    if (over.aborted) return;
    const called = (this.#called = new AbortController());
    const end = () => called.abort();
    over.addEventListener('abort', end, { once: true });
    await wait(ms, undefined, { signal: called.signal }).catch(() => undefined);
    over.removeEventListener('abort', end);
  }

  call(): void {
    this.#called?.abort();
  }
}
