import type { DocumentName } from '#protocol/document-name.ts';
import { ReplayError, replayStates } from '#server/history/replayer.ts';
import type { DocumentStore } from '#server/storage/ports.ts';

/**
 * Replaces a document's rows by one snapshot: built from what is stored, never from memory, and only after the snapshot
 * was read back and found equal. Safe beside appends and loads, since storage swaps rows ≤ seq in one transaction.
 * False when a check failed; the rows stay then.
 */
export async function compact(documents: DocumentStore, name: DocumentName): Promise<boolean> {
  const stored = await documents.read(name);
  if (stored.updates.length === 0) return true;
  try {
    const [snapshot] = await replayStates(stored, [stored.seq]);
    await documents.compact(name, snapshot!, stored.seq);
    return true;
  } catch (error) {
    if (!(error instanceof ReplayError)) throw error;
    console.error(`sync: ${name}: ${error.message}; the rows are kept`);
    return false;
  }
}
