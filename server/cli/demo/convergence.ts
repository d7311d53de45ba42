import { setTimeout as wait } from 'node:timers/promises';
import * as Y from 'yjs';
import { parseDocumentName } from '#protocol/document-name.ts';
import { loadDocument } from '#server/storage/load-document.ts';
import type { DocumentStore } from '#server/storage/ports/documents.ts';
import type { BoardClient } from './board-client.ts';

export interface RoomResult {
  readonly room: string;
  readonly clients: number;
  /** Clients that know that everything of theirs is stored. */
  readonly saved: number;
  /** Those of them whose board is, byte for byte, what the server has stored. */
  readonly equal: number;
  readonly bytes: number;
  /** The stored board. */
  readonly doc: Y.Doc;
}

export interface BoardOfRoom {
  readonly room: string;
  readonly document: string;
  readonly clients: readonly BoardClient[];
}

const PATIENCE = 30_000; // ms; everything that was typed is acknowledged long before

/** Waits until every client has what is stored, or until patience ends: what is then unequal stays so. */
export async function converge(boards: readonly BoardOfRoom[], documents: DocumentStore): Promise<RoomResult[]> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const results = await Promise.all(boards.map((board) => compare(board, documents)));
    if (results.every(({ clients, equal }) => clients === equal) || Date.now() > end) return results;
    await wait(250);
  }
}

async function compare({ room, document, clients }: BoardOfRoom, documents: DocumentStore): Promise<RoomResult> {
  const name = parseDocumentName(document)?.name;
  if (!name) throw new Error(`${document} is no document’s name`);
  const doc = await loadDocument(documents, name);
  const stored = canonical(doc);
  const saved = clients.filter((client) => client.saved);
  const equal = saved.filter((client) => Buffer.compare(canonical(client.doc), stored) === 0);
  return { room, clients: clients.length, saved: saved.length, equal: equal.length, bytes: stored.length, doc };
}

/** Two documents with the same content have the same bytes after this: how updates came in leaves traces in plain encoding. */
function canonical(doc: Y.Doc): Uint8Array {
  const fresh = new Y.Doc();
  Y.applyUpdate(fresh, Y.encodeStateAsUpdate(doc));
  return Y.encodeStateAsUpdate(fresh);
}
