import type { Seeded } from '../faults/seeded.ts';

/** Values at which LEB128 numbers change their length or become something else. */
const EDGES: readonly (readonly number[])[] = [
  [0],
  [1],
  [0x7f],
  [0x80, 0x01],
  [0x80, 0x00],
  [0xff, 0x7f],
  [0xff, 0xff, 0xff, 0x0f],
  [0xff, 0xff, 0xff, 0xff, 0x07],
  [0x80, 0x80, 0x80, 0x80, 0x08],
  [0xff, 0xff, 0xff, 0xff, 0x0f],
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f],
  [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01],
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
];

/** Changes bytes as damage or malice would; `others` lend parts. Never returns what it was given. */
export function mutate(bytes: Uint8Array, others: readonly Uint8Array[], random: Seeded): Uint8Array {
  let mutated = bytes;
  for (let times = random.between(1, 3); times > 0; times -= 1) mutated = once(mutated, others, random);
  return mutated;
}

function once(bytes: Uint8Array, others: readonly Uint8Array[], random: Seeded): Uint8Array {
  const at = random.between(0, Math.max(0, bytes.length - 1));
  switch (random.between(0, 9)) {
    case 0: // a bit
    case 1: {
      const flipped = bytes.slice();
      if (flipped.length > 0) flipped[at]! ^= 1 << random.between(0, 7);
      return flipped;
    }
    case 2: {
      const written = bytes.slice();
      if (written.length > 0) written[at] = random.between(0, 255);
      return written;
    }
    case 3:
      return bytes.slice(0, at);
    case 4: // a number's edge in the place of a byte
    case 5:
      return spliced(bytes, at, 1, Uint8Array.from(EDGES[random.between(0, EDGES.length - 1)]!));
    case 6: {
      const other = others[random.between(0, others.length - 1)]!;
      const from = random.between(0, other.length);
      return spliced(bytes, at, random.between(0, 8), other.subarray(from, from + random.between(1, 40)));
    }
    case 7: {
      const other = others[random.between(0, others.length - 1)]!;
      return spliced(bytes, at, bytes.length, other.subarray(Math.min(at, other.length)));
    }
    case 8:
      return spliced(bytes, at, random.between(1, 6), new Uint8Array());
    default: // the counts at the head
      return spliced(bytes, Math.min(bytes.length, random.between(0, 4)), 1, Uint8Array.of(random.between(0, 255)));
  }
}

function spliced(bytes: Uint8Array, at: number, drop: number, insert: Uint8Array): Uint8Array {
  const tail = bytes.subarray(Math.min(bytes.length, at + drop));
  const result = new Uint8Array(at + insert.length + tail.length);
  result.set(bytes.subarray(0, at));
  result.set(insert, at);
  result.set(tail, at + insert.length);
  return result;
}
