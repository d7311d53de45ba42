import type { ScannedUpdate } from './scan.ts';
import { UpdateWriter } from './write.ts';

/**
 * Consecutive updates as one: each must build on the ones before it without repeating any of their structs, as the rows of a
 * document's log do. Blocks are copied, not decoded (Yjs' own `mergeUpdates` decodes every content).
 */
export function joinUpdates(updates: readonly ScannedUpdate[]): Uint8Array {
  if (updates.length === 1) return updates[0]!.bytes;
  const writer = new UpdateWriter();
  for (const { bytes, sections, deletes } of updates) {
    for (const section of sections) writer.addAll(bytes, section);
    for (const range of deletes) writer.delete(range);
  }
  return writer.toUint8Array();
}
