import { readFileSync } from 'node:fs';

/** The updates of a board: each behind its length in four bytes. */
export function readSeed(file) {
  const bytes = readFileSync(file);
  const updates = [];
  for (let at = 0; at < bytes.length;) {
    const length = bytes.readUInt32LE(at);
    updates.push(new Uint8Array(bytes.subarray(at + 4, at + 4 + length)));
    at += 4 + length;
  }
  return updates;
}
