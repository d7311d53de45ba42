import * as encoding from 'lib0/encoding';
import type { Seeded } from '../faults/seeded.ts';

interface Known {
  readonly client: number;
  readonly clock: number;
}

const ROOTS = ['items', 'themes'];
const KEYS = ['text', 'order', 'x'];

/** Updates that are well formed to the last byte and put anything beside anything that there is. */
export class TornStructs {
  readonly #random: Seeded;

  constructor(random: Seeded) {
    this.#random = random;
  }

  /** The next structs of a client, and deletions. `ends`: next clock of each client that there is. */
  next(client: number, ends: ReadonlyMap<number, number>): Uint8Array {
    const random = this.#random;
    const encoder = encoding.createEncoder();
    const first = ends.get(client) ?? 0;
    const count = random.between(0, 4);
    encoding.writeVarUint(encoder, count > 0 ? 1 : 0);
    let clock = first;
    if (count > 0) {
      encoding.writeVarUint(encoder, count);
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, first);
      for (let left = count; left > 0; left -= 1) {
        clock += this.#struct(encoder, new Map([...ends, ...(clock > 0 ? [[client, clock] as const] : [])]));
      }
    }
    this.#deletes(encoder, new Map([...ends, ...(clock > 0 ? [[client, clock] as const] : [])]));
    return encoding.toUint8Array(encoder);
  }

  /** Returns its length. */
  #struct(encoder: encoding.Encoder, ends: ReadonlyMap<number, number>): number {
    const random = this.#random;
    const kind = [1, 4, 4, 4, 6, 7, 7, 7, 8, 8, 0][random.between(0, 10)]!;
    const length = [1, 4, 8, 0].includes(kind) ? random.between(1, 3) : 1;
    if (kind === 0) {
      encoding.writeUint8(encoder, 0);
      encoding.writeVarUint(encoder, length);
      return length;
    }
    const left = random.next() < 0.55 ? this.#any(ends) : null;
    const right = random.next() < 0.45 ? this.#any(ends) : null;
    const key = random.next() < 0.5 ? this.#pick(KEYS) : null;
    encoding.writeUint8(encoder, kind | (left ? 0x80 : 0) | (right ? 0x40 : 0) | (key ? 0x20 : 0));
    for (const id of [left, right]) if (id) writeId(encoder, id);
    if (!left && !right) {
      const parent = random.next() < 0.6 ? this.#any(ends) : null;
      encoding.writeVarUint(encoder, parent ? 0 : 1);
      if (parent) writeId(encoder, parent);
      else encoding.writeVarString(encoder, this.#pick(ROOTS));
      if (key) encoding.writeVarString(encoder, key);
    }
    this.#content(encoder, kind, length);
    return length;
  }

  #content(encoder: encoding.Encoder, kind: number, length: number): void {
    if (kind === 1) encoding.writeVarUint(encoder, length);
    else if (kind === 4) encoding.writeVarString(encoder, 'abc'.slice(0, length));
    else if (kind === 6) {
      encoding.writeVarString(encoder, 'bold');
      encoding.writeVarString(encoder, 'true');
    } else if (kind === 7) encoding.writeVarUint(encoder, this.#random.between(1, 2));
    else {
      encoding.writeVarUint(encoder, length);
      for (let left = length; left > 0; left -= 1) encoding.writeAny(encoder, 'v');
    }
  }

  #deletes(encoder: encoding.Encoder, ends: ReadonlyMap<number, number>): void {
    const ranges = Array.from({ length: ends.size > 0 ? this.#random.between(0, 2) : 0 }, () => this.#any(ends)!);
    const byClient = Map.groupBy(ranges, ({ client }) => client);
    encoding.writeVarUint(encoder, byClient.size);
    for (const [client, all] of byClient) {
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, all.length);
      for (const { clock } of all) {
        encoding.writeVarUint(encoder, clock);
        encoding.writeVarUint(encoder, this.#random.between(1, Math.min(3, ends.get(client)! - clock)));
      }
    }
  }

  #any(ends: ReadonlyMap<number, number>): Known | null {
    if (ends.size === 0) return null;
    const [client, end] = this.#pick([...ends]);
    return { client, clock: this.#random.between(Math.max(0, end - 12), end - 1) };
  }

  #pick<T>(list: readonly T[]): T {
    return list[this.#random.between(0, list.length - 1)]!;
  }
}

function writeId(encoder: encoding.Encoder, { client, clock }: Known): void {
  encoding.writeVarUint(encoder, client);
  encoding.writeVarUint(encoder, clock);
}
