import type { RoomId, StepId } from '#domain/ids.ts';
import type { Refusal } from '#domain/refusal.ts';
import { DEFAULT_WISH, type Wish } from '#domain/seating/guest.ts';
import { mixQuery, type MixAsk, type MixPreview } from '#protocol/mix-query.ts';

const SETTLES = 800; // ms; another answer is for an older question

/** Asks how people would sit, and keeps the answer to the last question. */
export class MixPreviews {
  readonly #address: string;
  #shown = $state.raw<MixPreview | null>(null);
  #refusal = $state.raw<Refusal | null>(null);
  #isLooking = $state(false);
  #wantsAgain = false;
  /** Null: another draw is wanted. */
  #seed: number | null = null;
  way = $state<MixAsk['way']>('mix');
  /** Of a step that comes, or ran. */
  step = $state<StepId | null>(null);
  wish = $state<Wish>({ ...DEFAULT_WISH });
  without = $state<RoomId[]>([]);

  /** `address`: of the workshop in the API. `step`: one that comes, as it asks for it. */
  constructor(address: string, step: StepId | null = null) {
    this.#address = address;
    if (step === null) return;
    this.way = 'step';
    this.step = step;
  }

  get shown(): MixPreview | null {
    return this.#shown;
  }
  get refusal(): Refusal | null {
    return this.#refusal;
  }
  get isLooking(): boolean {
    return this.#isLooking;
  }

  /** The same draw again when somebody sat down, moved or was pinned; `anew` draws another. */
  async look({ anew = false } = {}): Promise<void> {
    if (anew) this.#seed = null;
    if (this.#isLooking) {
      this.#wantsAgain = true;
      return;
    }
    this.#isLooking = true;
    do {
      this.#wantsAgain = false;
      await this.#ask();
    } while (this.#wantsAgain);
    this.#isLooking = false;
  }

  async #ask(): Promise<void> {
    const { way, step, wish, without } = this;
    const seed = this.#seed;
    try {
      const named = step !== null && (way === 'step' || way === 'as') && { step };
      const query = mixQuery({ way, ...named, wish, without, ...(seed !== null && { seed }) });
      const response = await fetch(`${this.#address}/mix?${query}`, { signal: AbortSignal.timeout(20_000) });
      const answer = (await response.json()) as MixPreview | { refusal: Refusal };
      if ('refusal' in answer) {
        if (answer.refusal.kind === 'tooManyTries') {
          await new Promise((resolve) => setTimeout(resolve, SETTLES));
          this.#wantsAgain = true;
        } else this.#refusal = answer.refusal;
        return;
      }
      this.#refusal = null;
      this.#shown = answer;
      if (!this.#wantsAgain) this.#seed = answer.seed;
    } catch {
      this.#refusal = { kind: 'notStored' };
    }
  }
}
