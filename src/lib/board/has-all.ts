import * as Y from 'yjs';

/** Whether a document has everything that another is built on. */
export function hasAll(doc: Y.Doc, known: Uint8Array): boolean {
  const here = Y.decodeStateVector(Y.encodeStateVector(doc));
  return [...Y.decodeStateVector(known)].every(([client, clock]) => (here.get(client) ?? 0) >= clock);
}
