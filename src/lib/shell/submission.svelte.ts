import type { SubmitFunction } from '@sveltejs/kit';
import { tick } from 'svelte';
import { reach } from './reach.ts';

/** Without a status there was no answer; a proxy, or the server itself, may say that nothing can be taken at the moment. */
const isTheServers = (status: number | undefined) => status !== undefined && ![502, 503, 504].includes(status);

const SLOW = 2_000; // ms; an answer that took longer came over a network that may be gone by now
const AGAIN = 1_000; // ms

/** One form on its way to the server: sent once however often it is pressed, and kept as typed when it does not arrive. */
export class Submission {
  #busy = $state(false);
  #lost = $state(false);
  #isStranger = $state(false);
  #isUnstored = $state(false);
  #isAway = $state(false);

  get busy(): boolean {
    return this.#busy;
  }
  /** The last try did not reach the server. */
  get lost(): boolean {
    return this.#lost;
  }
  /** It is done, and the page it leads to cannot be had at the moment: it opens by itself. */
  get isAway(): boolean {
    return this.#isAway;
  }
  /** Somebody else answers in the server's place: a hall's sign-in page, say. */
  get isStranger(): boolean {
    return (this.#lost || this.#isAway) && this.#isStranger;
  }

  /** It has reached the server, which could not store it. */
  get isUnstored(): boolean {
    return this.#lost && this.#isUnstored;
  }

  /** For `use:enhance`. */
  readonly submit: SubmitFunction = ({ cancel, formElement }) => {
    if (this.#busy) return cancel();
    this.#busy = true;
    this.#lost = this.#isStranger = this.#isUnstored = false;
    const sentAt = performance.now();
    return async ({ result, update }) => {
      // Where it leads may be a while away.
      this.#busy = result.type === 'redirect';
      // A browser would show its own page in place of this one.
      while (this.#busy && (this.#isAway || !navigator.onLine || performance.now() - sentAt > SLOW)) {
        const found = await reach();
        this.#isAway = found !== 'server';
        this.#isStranger = found === 'stranger';
        if (!this.#isAway) break;
        await new Promise((resolve) => setTimeout(resolve, AGAIN));
      }
      // Kit's own way would put an error page in place of what was typed.
      if (result.type === 'error' && !isTheServers(result.status)) {
        this.#lost = true;
        this.#isUnstored = result.status === 503;
        void reach().then((found) => (this.#isStranger = found === 'stranger'));
      } else await update({ reset: false });
      this.#busy = false;
      await tick();
      formElement.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"]')?.focus();
    };
  };
}
