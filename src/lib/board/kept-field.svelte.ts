import type { SeatId } from '#domain/ids.ts';

/** Before the seat and the field in the name of what is kept. */
export const TYPED = 'typed:';

/**
 * What is typed into a field of a board and not added yet. It stays on this device over a reload, for this seat and this field;
 * a store that is closed to us only means that it does not.
 */
export class KeptField {
  readonly #key: string;
  #text = $state('');

  constructor(seat: SeatId, field: string) {
    this.#key = `${TYPED}${seat}/${field}`;
  }

  get text(): string {
    return this.#text;
  }
  set text(text: string) {
    this.#text = text;
    try {
      if (text === '') localStorage.removeItem(this.#key);
      else localStorage.setItem(this.#key, text);
    } catch {
      // Forbidden, or full: the field works all the same.
    }
  }

  /** Once the page stands, so that the browser's first picture is the server's. Words typed meanwhile count. */
  restore(): void {
    if (this.#text !== '') return;
    try {
      this.#text = localStorage.getItem(this.#key) ?? '';
    } catch {
      // As above.
    }
  }
}
