/** As much of ASN.1's distinguished encoding (X.690) as a certificate of our own needs. */
const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  oid: 0x06,
  utf8: 0x0c,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;
const CONTEXT = 0x80;
const CONSTRUCTED = 0x20;

const tagged = (tag: number, content: Uint8Array): Buffer =>
  Buffer.concat([Uint8Array.of(tag), lengthOf(content), content]);

function lengthOf({ length }: Uint8Array): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  if (length < 0x100) return Uint8Array.of(0x81, length);
  return Uint8Array.of(0x82, length >> 8, length & 0xff);
}

export const sequence = (...parts: Uint8Array[]): Buffer => tagged(TAG.sequence, Buffer.concat(parts));
export const set = (...parts: Uint8Array[]): Buffer => tagged(TAG.set, Buffer.concat(parts));
export const octets = (content: Uint8Array): Buffer => tagged(TAG.octets, content);
export const bits = (content: Uint8Array, unused = 0): Buffer =>
  tagged(TAG.bits, Buffer.concat([Uint8Array.of(unused), content]));
export const utf8 = (text: string): Buffer => tagged(TAG.utf8, Buffer.from(text));
export const yes = (): Buffer => tagged(TAG.boolean, Uint8Array.of(0xff));

/** Of a positive whole number, with its highest byte first. */
export function integer(bytes: Uint8Array): Buffer {
  const isHigh = (bytes[0] ?? 0) >= 0x80;
  return tagged(TAG.integer, isHigh ? Buffer.concat([Uint8Array.of(0), bytes]) : bytes);
}

/** `[n]` around something, or in place of its own tag. */
export const explicit = (n: number, part: Uint8Array): Buffer => tagged(CONTEXT | CONSTRUCTED | n, part);
export const implicit = (n: number, content: Uint8Array): Buffer => tagged(CONTEXT | n, content);

/** `1.2.840.…` */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second, ...rest.flatMap(base128)];
  return tagged(TAG.oid, Uint8Array.from(bytes));
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let left = value >> 7; left > 0; left >>= 7) digits.unshift((left & 0x7f) | 0x80);
  return digits;
}

/** To the second, as certificates have it. */
export function time(at: Date): Buffer {
  const digits = at
    .toISOString()
    .replace(/\.\d+Z$/, '')
    .replaceAll(/[-:T]/g, '');
  return tagged(TAG.generalizedTime, Buffer.from(`${digits}Z`));
}
