import * as Y from 'yjs';
import type { DocumentName } from '#protocol/document-name.ts';
import type { DocumentStore } from '#server/storage/ports.ts';
import { replay } from './replay.ts';

/**
 * Replaces a document's rows by one snapshot: built from what is stored, never from memory, and only after the snapshot
 * was read back and found equal. Safe beside appends and loads, since storage swaps rows ≤ seq in one transaction.
 * False when a check failed; the rows stay then.
 */
export async function compact(documents: DocumentStore, name: DocumentName): Promise<boolean> {
  const stored = await documents.read(name);
  if (stored.updates.length === 0) return true;
  const whole = replay(name, stored);
  const snapshot = Y.encodeStateAsUpdate(whole);
  const readBack = replay(name, { snapshot, updates: [] });
  const isEqual =
    whole.store.pendingStructs === null &&
    whole.store.pendingDs === null &&
    Y.equalSnapshots(Y.snapshot(whole), Y.snapshot(readBack));
  whole.destroy();
  readBack.destroy();
  if (!isEqual) {
    console.error(`sync: ${name}: the snapshot differs from the rows; the rows are kept`);
    return false;
  }
  await documents.compact(name, snapshot, stored.seq);
  return true;
}
