import { inOrder } from './in-order.ts';
import { scanUpdate, STORED_LIMITS, type DeleteRange, type Section } from './scan.ts';
import { HEADER, RANGE, UpdateWriter } from './write.ts';

const MOST_STRUCTS = 10_000; // half of what a server takes in one frame
const MOST_DELETES = 25_000;

/**
 * The update in pieces of at most about `maxBytes` (a single struct is never cut), to be sent in this order: each builds only on
 * what is before it. Deletions come last, when all they name is there. Throws on malformed bytes.
 */
export function splitUpdate(update: Uint8Array, maxBytes: number): Uint8Array[] {
  const scanned = scanUpdate(update, STORED_LIMITS);
  const steps = scanned && inOrder(scanned, (client) => firstClock(scanned.sections, client));
  if (!scanned || !steps) throw new Error('not an update that can be sent in pieces');
  const pieces = new Pieces(maxBytes);
  for (const { section, first, last } of steps) {
    for (let index = first; index < last; index += 1) pieces.add(update, section, index);
  }
  for (const range of scanned.deletes) pieces.delete(range);
  return pieces.close();
}

/** What lies before the update's own structs, or is none of its clients', is known to whoever it is for. */
function firstClock(sections: readonly Section[], client: number): number {
  return sections.find((section) => section.client === client)?.clock ?? Infinity;
}

class Pieces {
  readonly #maxBytes: number;
  readonly #done: Uint8Array[] = [];
  #writer = new UpdateWriter();
  #structs = 0;
  #deletes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  add(bytes: Uint8Array, section: Section, index: number): void {
    const length = (section.structs[index + 1]?.at ?? section.to) - section.structs[index]!.at;
    if (this.#structs > 0 && (this.#structs >= MOST_STRUCTS || this.#writer.size + HEADER + length > this.#maxBytes))
      this.#next();
    this.#writer.add(bytes, section, index, index + 1);
    this.#structs += 1;
  }

  delete(range: DeleteRange): void {
    if (this.#deletes >= MOST_DELETES || this.#writer.size + HEADER + RANGE > this.#maxBytes) this.#next();
    this.#writer.delete(range);
    this.#deletes += 1;
  }

  close(): Uint8Array[] {
    if (this.#structs + this.#deletes > 0 || this.#done.length === 0) this.#next();
    return this.#done;
  }

  #next(): void {
    this.#done.push(this.#writer.toUint8Array());
    this.#writer = new UpdateWriter();
    this.#structs = 0;
    this.#deletes = 0;
  }
}
