const SETTLES = 700; // ms; a hand that presses twice, or just as others do, has read what stood there before

/** Since when a button means what it means. The first look is read before anybody presses. */
export class Settled {
  #meaning: string | null = null;
  #at = -Infinity;

  see(meaning: string, now: number): void {
    if (this.#meaning !== null && this.#meaning !== meaning) this.#at = now + SETTLES;
    this.#meaning = meaning;
  }

  isRead(now: number): boolean {
    return now >= this.#at;
  }
}
