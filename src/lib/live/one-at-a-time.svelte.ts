/** Deeds of which one waits for its answer: what is pressed meanwhile is not done. */
export class OneAtATime {
  #busy = $state(false);

  get busy(): boolean {
    return this.#busy;
  }

  /** What came of it; null: another one was on its way. */
  async do<Outcome>(deed: () => Promise<Outcome>): Promise<Outcome | null> {
    if (this.#busy) return null;
    this.#busy = true;
    try {
      return await deed();
    } finally {
      this.#busy = false;
    }
  }
}
