import * as Y from 'yjs';
import type { StoredDocument } from '#server/storage/ports/documents.ts';

/** Builds the document from its rows. A row that Yjs cannot apply is left out (and logged), so that one never takes a board down. */
export function replay(name: string, stored: Pick<StoredDocument, 'snapshot' | 'updates'>): Y.Doc {
  const rows = stored.snapshot ? [stored.snapshot, ...stored.updates] : [...stored.updates];
  for (;;) {
    const doc = new Y.Doc();
    const broken = firstBroken(doc, rows);
    if (broken === null) return doc;
    console.error(`sync: ${name}: row ${broken + 1} of ${rows.length} cannot be applied and is left out`);
    doc.destroy();
    rows.splice(broken, 1);
  }
}

/** Index of the row that threw; what was applied of it is unknown, hence the caller starts again without it. */
function firstBroken(doc: Y.Doc, rows: readonly Uint8Array[]): number | null {
  let at = 0;
  try {
    doc.transact(() => {
      for (; at < rows.length; at += 1) Y.applyUpdate(doc, rows[at]!);
    });
    return null;
  } catch {
    return Math.min(at, rows.length - 1);
  }
}

/** A copy that may be read and changed without touching the original. */
export function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}
