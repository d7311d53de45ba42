import type { SubmitFunction } from '@sveltejs/kit';
import { tick } from 'svelte';

/** One form on its way to the server: sent once however often it is pressed, and kept as typed when it does not arrive. */
export class Submission {
  #busy = $state(false);
  #lost = $state(false);

  get busy(): boolean {
    return this.#busy;
  }
  /** The last try did not reach the server. */
  get lost(): boolean {
    return this.#lost;
  }

  /** For `use:enhance`. */
  readonly submit: SubmitFunction = ({ cancel, formElement }) => {
    if (this.#busy) return cancel();
    this.#busy = true;
    this.#lost = false;
    return async ({ result, update }) => {
      this.#busy = false;
      // Without an answer there is no status; Kit's own way would put an error page in place of what was typed.
      if (result.type === 'error' && result.status === undefined) this.#lost = true;
      else await update({ reset: false });
      await tick();
      formElement.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"]')?.focus();
    };
  };
}
