import * as Y from 'yjs';
import type { DocumentName } from '#protocol/document-name.ts';
import type { StoredDocument } from '#server/storage/ports/documents.ts';
import { DocumentLog } from './document-log.ts';
import { replay } from './replay.ts';

/** The log of what is stored. Rows that do not follow each other exactly, as older versions wrote them, go through Yjs. */
export async function storedLog(name: DocumentName, stored: StoredDocument): Promise<DocumentLog> {
  const rows = stored.snapshot ? [stored.snapshot, ...stored.updates] : stored.updates;
  try {
    return await DocumentLog.read(rows);
  } catch {
    const doc = replay(name, stored);
    try {
      return new DocumentLog([Y.encodeStateAsUpdate(doc)]);
    } finally {
      doc.destroy();
    }
  }
}
