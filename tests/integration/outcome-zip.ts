import { inflateRawSync } from 'node:zlib';

const END = 0x06054b50;
const CENTRAL = 0x02014b50;

/** One text of a zip file (a DOCX is one), found by the directory at its end. Throws when it is not there. */
export function entryOfZip(bytes: Uint8Array, name: string): string {
  const found = entriesOfZip(bytes).find((entry) => entry.name === name);
  if (!found) throw new Error(`${name} is not in the zip file`);
  return found.text;
}

/** Every text of a zip file, by name. */
export function entriesOfZip(bytes: Uint8Array): { name: string; text: string }[] {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = zip.length - 22;
  while (end >= 0 && zip.readUInt32LE(end) !== END) end -= 1;
  if (end < 0) throw new Error('not a zip file');
  const entries: { name: string; text: string }[] = [];
  let at = zip.readUInt32LE(end + 16);
  while (zip.readUInt32LE(at) === CENTRAL) {
    const [length, extra, comment] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)];
    const name = zip.toString('utf8', at + 46, at + 46 + length);
    const text = contentAt(zip, zip.readUInt32LE(at + 42), zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 10));
    entries.push({ name, text });
    at += 46 + length + extra + comment;
  }
  return entries;
}

function contentAt(zip: Buffer, header: number, size: number, method: number): string {
  const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
  const packed = zip.subarray(start, start + size);
  return (method === 0 ? packed : inflateRawSync(packed)).toString('utf8');
}
