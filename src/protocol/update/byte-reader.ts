/** Thrown for bytes that are not what they should be; made once, since hostile input would pay for the stack trace. */
export const MALFORMED = new Error('malformed');

const DEEPEST = 32; // levels of nested values
const MOST_KEYS = 1_000; // keys of one object
const LONGEST_KEY = 1_000; // bytes
const LONGEST_JSON = 65_536; // bytes of one embedded value
const PROTO = '__proto__';
const TEXT = new TextDecoder('utf-8', { ignoreBOM: true });
const STRICT = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });
const STEP = 65_536; // bytes that are read at once of what is read in steps
const LONG = 512; // bytes from which the platform's decoder is faster than a loop, and later a hundred times

/**
 * Reads lib0's encodings without building what they encode: every count is compared with the bytes that are left before
 * anything depends on it. Throws `MALFORMED`.
 */
export class ByteReader {
  readonly bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  byte(): number {
    const value = this.bytes[this.at];
    if (value === undefined) throw MALFORMED;
    this.at += 1;
    return value;
  }

  uint(): number {
    let value = this.byte();
    if (value < 0x80) return value;
    value &= 0x7f;
    for (let factor = 0x80; factor <= 2 ** 49; factor *= 0x80) {
      const next = this.byte();
      value += (next & 0x7f) * factor;
      if (value > Number.MAX_SAFE_INTEGER) throw MALFORMED;
      if (next < 0x80) return value;
    }
    throw MALFORMED;
  }

  /** A count of things that take at least one byte each. */
  count(most: number): number {
    const count = this.uint();
    if (count > most || count > this.left) throw MALFORMED;
    return count;
  }

  skip(length: number): void {
    if (length > this.left) throw MALFORMED;
    this.at += length;
  }

  /** Skips a string; returns how many UTF-16 units it has, as Yjs counts. */
  text(): number {
    return this.#passText(this.uint());
  }

  /** `text` in steps: of one that may be as long as a document. No code point is torn apart. */
  *textInSteps(): Generator<undefined, number> {
    let left = this.uint();
    let units = 0;
    if (left > this.left) throw MALFORMED;
    while (left > STEP) {
      let length = STEP;
      while (length > STEP - 3 && (this.bytes[this.at + length]! & 0xc0) === 0x80) length -= 1;
      units += this.#passText(length);
      left -= length;
      yield;
    }
    return units + this.#passText(left);
  }

  /** So many of what `one` skips, in steps. */
  *inSteps(count: number, one: () => void): Generator<undefined, number> {
    let from = this.at;
    for (let index = 0; index < count; index += 1) {
      one();
      if (this.at - from < STEP) continue;
      from = this.at;
      yield;
    }
    return count;
  }

  key(): string {
    const key = TEXT.decode(this.#textBytes(LONGEST_KEY));
    if (key === PROTO) throw MALFORMED;
    return key;
  }

  /** JSON as Yjs parses it in embeds and formats. */
  json(): void {
    const bytes = this.#textBytes(LONGEST_JSON);
    if (depthOf(bytes) > DEEPEST) throw MALFORMED;
    try {
      JSON.parse(TEXT.decode(bytes), refuseProto);
    } catch {
      throw MALFORMED;
    }
  }

  /** `json`, or the word that Yjs writes for `undefined`. */
  jsonOrUndefined(): void {
    const from = this.at;
    const length = this.uint();
    if (length === 9 && TEXT.decode(this.bytes.subarray(this.at, this.at + 9)) === 'undefined') {
      this.at += 9;
      return;
    }
    this.at = from;
    this.json();
  }

  /** One of lib0's tagged values. */
  any(depth = 0): void {
    if (depth > DEEPEST) throw MALFORMED;
    switch (this.byte()) {
      case 127: // undefined
      case 126: // null
      case 121: // true
      case 120: // false
        return;
      case 125:
        return this.#int();
      case 124:
        return this.skip(4);
      case 123:
      case 122:
        return this.skip(8);
      case 119:
        this.text();
        return;
      case 118: {
        const keys = this.count(MOST_KEYS);
        for (let index = 0; index < keys; index += 1) {
          this.key();
          this.any(depth + 1);
        }
        return;
      }
      case 117: {
        const values = this.count(Number.MAX_SAFE_INTEGER);
        for (let index = 0; index < values; index += 1) this.any(depth + 1);
        return;
      }
      case 116:
        return this.skip(this.uint());
      default:
        throw MALFORMED;
    }
  }

  #textBytes(longest: number): Uint8Array {
    const length = this.uint();
    if (length > longest) throw MALFORMED;
    const from = this.at;
    this.#passText(length);
    return this.bytes.subarray(from, this.at);
  }

  /** Anything but strict UTF-8 would throw in every client that decodes it. */
  #passText(length: number): number {
    if (length > this.left) throw MALFORMED;
    if (length >= LONG) return this.#passLongText(length);
    const end = this.at + length;
    let units = 0;
    while (this.at < end) {
      const lead = this.bytes[this.at]!;
      if (lead < 0x80) this.at += 1;
      else units += this.#beyondAscii(lead, end);
      units += 1;
    }
    return units;
  }

  #passLongText(length: number): number {
    try {
      const units = STRICT.decode(this.bytes.subarray(this.at, this.at + length)).length;
      this.at += length;
      return units;
    } catch {
      throw MALFORMED;
    }
  }

  #int(): void {
    let next = this.byte();
    for (let length = 1; next >= 0x80; length += 1) {
      if (length > 7) throw MALFORMED;
      next = this.byte();
    }
  }

  /** Moves past one code point; returns its UTF-16 units less one. */
  #beyondAscii(lead: number, end: number): 0 | 1 {
    const more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
    if (lead < 0xc2 || lead > 0xf4 || this.at + more >= end) throw MALFORMED;
    const second = this.bytes[this.at + 1]!;
    const least = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    const most = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    if (second < least || second > most) throw MALFORMED;
    for (let index = 2; index <= more; index += 1) {
      if ((this.bytes[this.at + index]! & 0xc0) !== 0x80) throw MALFORMED;
    }
    this.at += more + 1;
    return more === 3 ? 1 : 0;
  }
}

function refuseProto(key: string, value: unknown): unknown {
  if (key === PROTO) throw MALFORMED;
  return value;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Most brackets open at once, without parsing. */
function depthOf(json: Uint8Array): number {
  let depth = 0;
  let deepest = 0;
  let isText = false;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at]!;
    if (isText) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) isText = false;
    } else if (byte === QUOTE) isText = true;
    else if (byte === 0x5b || byte === 0x7b) deepest = Math.max(deepest, (depth += 1));
    else if (byte === 0x5d || byte === 0x7d) depth -= 1;
  }
  return deepest;
}
