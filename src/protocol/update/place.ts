/**
 * A parent, and the key in it where it has one, as a number: the same for the same. Nobody outside can know which others would have the
 * same, as the numbers are different ones each time that the program starts.
 */
export type Place = number;

/** In place of one: the struct says only what it stands behind. */
export const BEHIND: Place = -1;
/** The same: it says what it stands before, alone or behind something else. */
export const BEFORE: Place = -2;
/** Of what is in no document any more (GC). */
export const GONE: Place = 0;

/** Whether it is that of a key, of whose values the last counts, and not one in a list. */
export const hasKey = (place: Place): boolean => place % 2 === 1;

/** Whether it is that of a key that says who: whoever wrote a record or took it away, or reacted. */
export const isSigned = (place: Place): boolean => place > GONE && place % 4 === 3;

/** `agree:<seat>` is a reaction; no id has a colon. */
const saysWho = (key: string): boolean => key === 'by' || key === 'goneBy' || key.includes(':');

const SEEDS = [randomBits(), randomBits()] as const;

/** Makes the number of a place: 51 bits of what it is called, one for a key that says who, and one for any key. */
export class Placing {
  #one: number = SEEDS[0];
  #other: number = SEEDS[1];
  #bits = 0;

  get place(): Place {
    return ((this.#one >>> 13) * 2 ** 32 + (this.#other >>> 0)) * 4 + this.#bits;
  }

  inRoot(name: string): void {
    this.#addText(name);
  }

  inStruct(client: number, clock: number): void {
    this.#add(client);
    this.#add(clock);
    this.#add(-1); // no text has such a length
  }

  underKey(key: string): void {
    this.#addText(key);
    this.#bits = saysWho(key) ? 3 : 1;
  }

  #addText(text: string): void {
    for (let at = 0; at < text.length; at += 1) this.#add(text.charCodeAt(at));
    this.#add(text.length);
  }

  #add(value: number): void {
    this.#one = Math.imul(this.#one ^ value, 0x9e3779b1);
    this.#one ^= this.#one >>> 15;
    this.#other = Math.imul(this.#other ^ value, 0x85ebca77);
    this.#other ^= this.#other >>> 13;
  }
}

function randomBits(): number {
  return Math.floor(Math.random() * 2 ** 32) | 0;
}
