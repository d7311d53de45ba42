import type { DocumentName } from '#protocol/document-name.ts';
import { ReplayError, replayStates } from '#server/history/replayer.ts';
import { thinned, versionsOf } from '#server/history/version.ts';
import type { DocumentStore, StoredDocument } from '#server/storage/ports/documents.ts';
import { StorageError } from '#server/storage/ports/storage-error.ts';
import { DocumentLog } from './document-log.ts';

/**
 * Replaces a document's rows by one snapshot: built from what is stored, never from memory, and only after the snapshot
 * was read back and found equal. Versions that end in those rows are kept by themselves. Safe beside appends and loads,
 * since storage swaps rows ≤ seq in one transaction. What lies in other roots than `roots` (null: any) is deleted in it. False when the rows make no whole document; they stay then.
 */
export async function compact(
  documents: DocumentStore,
  name: DocumentName,
  roots: ReadonlySet<string> | null = null,
): Promise<boolean> {
  const stored = await documents.read(name);
  if (stored.updates.length === 0) return true;
  try {
    const { ends, drop } = await versionsIn(documents, name, stored);
    const states = await replayStates(stored, [...ends.map(({ seq }) => seq), stored.seq], roots);
    const keep = ends.map((version, index) => ({ ...version, state: states[index]! }));
    await documents.compact(name, states.at(-1)!, stored.seq, { after: stored.snapshotSeq, keep, drop });
    return true;
  } catch (error) {
    if (!(error instanceof ReplayError)) throw error;
    return joinRows(documents, name, stored, error);
  }
}

/**
 * The rows as one, as they are: for what Yjs reads back differently from what it wrote (contents that no editor makes). Nothing is
 * dropped from them, so that a scribbler cannot make a log grow for ever.
 */
async function joinRows(
  documents: DocumentStore,
  name: DocumentName,
  stored: StoredDocument,
  { message }: ReplayError,
): Promise<boolean> {
  try {
    const rows = [...(stored.snapshot ? [stored.snapshot] : []), ...stored.updates];
    await documents.compact(name, (await DocumentLog.read(rows)).whole(), stored.seq);
    console.error(`sync: ${name}: ${message}; its rows are joined as they are`);
    return true;
  } catch (error) {
    if (error instanceof StorageError) throw error;
    console.error(`sync: ${name}: ${message}; the rows are kept`);
    return false;
  }
}

/** Versions that end in the rows and have no bytes yet, and kept ones that go. */
async function versionsIn(documents: DocumentStore, name: DocumentName, { snapshotSeq, seq: last }: StoredDocument) {
  const { kept, rows } = await documents.history(name);
  const versions = thinned(
    versionsOf(
      kept,
      rows.filter(({ seq }) => seq <= last),
    ),
  );
  const hasBytes = new Set(kept.map(({ seq }) => seq));
  const stays = new Set(versions.map(({ seq }) => seq));
  return {
    ends: versions.filter(({ seq }) => seq > snapshotSeq && !hasBytes.has(seq)),
    drop: kept.filter(({ seq }) => seq <= last && !stays.has(seq)),
  };
}
