import type * as Y from 'yjs';
import type { Letters } from './letters.ts';
import type { Moves } from './moves.ts';

const KEPT = 100; // runs of one person in one text

/**
 * What this page's author typed in one go: it belongs together wherever it goes, but for where somebody put something between two of
 * its letters that they saw, or a new line.
 */
export class Runs {
  readonly #client: number;
  readonly #moves: Moves;
  readonly #runs: Letters[][] = [];
  /** Clocks of the letters in front of which a run is parted, as they were typed. */
  readonly #parted = new Set<number>();

  constructor(client: number, moves: Moves) {
    this.#client = client;
    this.#moves = moves;
  }

  /** In front of `next`, which may be a letter of an earlier one. */
  begin(next: Y.ID | null): void {
    if (this.#runs.push([]) > KEPT) this.#runs.shift();
    if (next) this.part([next]);
  }

  add(letters: readonly Letters[]): void {
    this.#runs.at(-1)?.push(...letters);
  }

  /** In front of these letters or copies; others' are none of these runs'. */
  part(before: readonly Y.ID[]): void {
    for (const id of before) {
      const { client, clock } = this.#moves.rootOf(id);
      if (client === this.#client) this.#parted.add(clock);
    }
  }

  /** `root`: a letter as it was typed. */
  isParted = ({ clock }: Y.ID): boolean => this.#parted.has(clock);

  /** The letters as they were typed. */
  [Symbol.iterator](): Iterator<readonly Letters[]> {
    return this.#runs.values();
  }
}
