import type { StepId } from '#domain/ids.ts';
import type { Refusal } from '#domain/refusal.ts';
import type { ForeseenGroups } from '#domain/workshop/groups/foreseen.ts';

const WITHIN = 20_000; // ms

/** Asks who would work together in a step that comes. */
export class GroupsAhead {
  readonly #address: string;
  #shown = $state.raw<ForeseenGroups | null>(null);
  #refusal = $state.raw<Refusal | null>(null);
  #isLooking = $state(false);

  /** `address`: of the workshop in the API. */
  constructor(address: string, step: StepId) {
    this.#address = `${address}/groups?${new URLSearchParams({ step })}`;
  }

  get shown(): ForeseenGroups | null {
    return this.#shown;
  }
  get refusal(): Refusal | null {
    return this.#refusal;
  }
  get isLooking(): boolean {
    return this.#isLooking;
  }

  async look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      const response = await fetch(this.#address, { signal: AbortSignal.timeout(WITHIN) });
      const answer = (await response.json()) as ForeseenGroups | { refusal: Refusal };
      this.#refusal = 'refusal' in answer ? answer.refusal : null;
      if (!('refusal' in answer)) this.#shown = answer;
    } catch {
      this.#refusal = { kind: 'notStored' };
    }
    this.#isLooking = false;
  }
}
