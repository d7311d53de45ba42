const MOST = 1_000; // forms remembered; those sent longest ago are forgotten first

/**
 * What was done for forms that were just sent: who sends one again, by two clicks or after a lost answer, gets the same. Kept in
 * memory: for deeds that do no harm when they are done twice after all.
 */
export class Once<T> {
  readonly #done = new Map<string, Promise<T>>();

  /** Null: a form without an id is done each time. What failed is done again. */
  once(form: string | null, act: () => Promise<T>): Promise<T> {
    const known = form === null ? undefined : this.#done.get(form);
    if (known) return known;
    const doing = act();
    if (form === null) return doing;
    this.#done.set(form, doing);
    doing.catch(() => this.#done.delete(form));
    if (this.#done.size > MOST) this.#done.delete(this.#done.keys().next().value!);
    return doing;
  }
}
