import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type * as Y from 'yjs';
import type { DocumentName } from '#protocol/document-name.ts';
import type { DocumentStore } from '#server/storage/ports/documents.ts';
import { StorageError } from '#server/storage/ports/storage-error.ts';
import { DocumentLog } from './document-log.ts';
import { DocumentRoom } from './document-room.ts';
import { Journal } from './journal.ts';

const BOARD = 'board/room00001' as DocumentName;

beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => undefined));
afterEach(() => void vi.restoreAllMocks());

function room(): DocumentRoom {
  const documents = { append: () => Promise.resolve() } as unknown as DocumentStore;
  const clock = () => 0;
  const nothing = () => Promise.resolve();
  const journal = new Journal({ documents, clock, check: nothing, refresh: nothing, onRecovered: () => undefined });
  const stored = { lineage: 'l', snapshot: null, snapshotSeq: 0, updates: [], seq: 0, owners: new Map() };
  return new DocumentRoom(BOARD, stored, new DocumentLog([]), { documents, journal, clock, guards: () => [] });
}

const write = (words: string) => (doc: Y.Doc) => doc.getText('text').insert(0, words);

test('[Y66] when a stored row does not follow, no edit of the server’s stays pending', async () => {
  const broken = room();
  const append = vi.spyOn(DocumentLog.prototype, 'append').mockImplementationOnce(() => {
    throw new Error('does not follow');
  });
  await expect(broken.edit(null, write('one'))).rejects.toThrow(StorageError);
  expect([append.mock.calls.length, broken.isStale, broken.isSettled]).toEqual([1, true, true]);
  await expect(broken.edit(null, write('two'))).rejects.toThrow(StorageError);
  expect(broken.isSettled).toBe(true);
});
