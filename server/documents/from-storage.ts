import type { DocumentName } from '#protocol/document-name.ts';
import type { DocumentStore } from '#server/storage/ports/documents.ts';
import { storedLog } from '#server/sync/stored-log.ts';
import { NOT_BEGUN, type StoredBytes } from './documents.ts';

/** Documents as they are stored, for whoever has no live ones: exports from the command line, checks, imports. */
export const fromStorage =
  (documents: DocumentStore) =>
  async (name: DocumentName): Promise<StoredBytes> => {
    if (!(await documents.has(name))) return NOT_BEGUN;
    const stored = await documents.read(name);
    const log = await storedLog(name, stored);
    return { lineage: stored.lineage, seq: stored.seq, bytes: () => log.whole() };
  };
