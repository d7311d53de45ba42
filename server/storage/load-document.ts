import * as Y from 'yjs';
import type { DocumentName } from '#protocol/document-name.ts';
import type { DocumentStore } from './ports/documents.ts';
import { StorageError } from './ports/storage-error.ts';

/** A document as it is stored, for whoever has no live one: exports from the command line, checks, imports. */
export async function loadDocument(documents: DocumentStore, name: DocumentName): Promise<Y.Doc> {
  const stored = await documents.read(name);
  const doc = new Y.Doc();
  try {
    doc.transact(() => {
      if (stored.snapshot) Y.applyUpdate(doc, stored.snapshot);
      for (const update of stored.updates) Y.applyUpdate(doc, update);
    });
  } catch (error) {
    throw new StorageError(`${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (doc.store.pendingStructs || doc.store.pendingDs) {
    throw new StorageError(`${name} has updates that wait for others which are not stored`);
  }
  return doc;
}
