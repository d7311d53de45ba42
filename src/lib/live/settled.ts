const [NEAR, SOON, READ, RESTED] = [
  8, // px; a hand that rests trembles
  700, // ms; a hand that presses twice, or just as others do, has read what stood there before
  1_000, // ms; whoever presses by keys looks elsewhere on the page
  2_000, // ms; by then a pointer that rests on a button has read it anew
];

export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** What was on the button when it came to mean something else. */
export interface Resting {
  readonly pointer: Spot | null;
  readonly hasFocus: boolean;
}

/** Since when a button means what it means. The first look is read before anybody presses. */
export class Settled {
  #meaning: string | null = null;
  #changed = -Infinity;
  #rest: Spot | null = null;
  #hasFocus = false;

  see(meaning: string, now: number, { pointer, hasFocus }: Resting = { pointer: null, hasFocus: false }): void {
    if (this.#meaning !== null && this.#meaning !== meaning) {
      this.#changed = now;
      this.#rest = pointer;
      this.#hasFocus = hasFocus;
    }
    this.#meaning = meaning;
  }

  /** It was changed by who presses: that has to be read by nobody, and only a second press of the same hand is none. */
  know(): void {
    this.#rest = null;
    this.#hasFocus = false;
  }

  /** A pointer that has left where it rested was moved by somebody who looks. */
  moved({ x, y }: Spot): void {
    if (this.#rest && Math.hypot(x - this.#rest.x, y - this.#rest.y) > NEAR) this.#rest = null;
  }

  /** From when a press counts. */
  get readAt(): number {
    return this.#changed + (this.#rest ? RESTED : this.#hasFocus ? READ : SOON);
  }

  isRead(now: number): boolean {
    return now >= this.readAt;
  }
}
