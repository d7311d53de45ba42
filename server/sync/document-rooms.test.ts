import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import type { DocumentName } from '#protocol/document-name.ts';
import { openStorage } from '#server/storage/open-storage.ts';
import type { DocumentStore, StoredDocument } from '#server/storage/ports/documents.ts';
import type { Storage } from '#server/storage/ports/storage.ts';
import { compact } from './compaction.ts';
import { DocumentLog } from './document-log.ts';
import { DocumentRooms } from './document-rooms.ts';
import { Journal } from './journal.ts';

const BOARD = 'board/room00001' as DocumentName;

let dataDir: string;
let storage: Storage;
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'dastarkhan-rooms-'));
  storage = await openStorage({ dataDir, databaseUrl: undefined });
});
afterEach(async () => {
  await storage.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Real storage that counts reads and can fail them. */
class CountedReads implements DocumentStore {
  reads = 0;
  isFailing = false;
  append: DocumentStore['append'] = (...rows) => storage.documents.append(...rows);
  compact: DocumentStore['compact'] = (...row) => storage.documents.compact(...row);
  has: DocumentStore['has'] = (name) => storage.documents.has(name);
  begun: DocumentStore['begun'] = (names) => storage.documents.begun(names);
  history: DocumentStore['history'] = (name) => storage.documents.history(name);
  version: DocumentStore['version'] = (...version) => storage.documents.version(...version);
  keepVersion: DocumentStore['keepVersion'] = (...version) => storage.documents.keepVersion(...version);
  dropVersion: DocumentStore['dropVersion'] = (...version) => storage.documents.dropVersion(...version);
  renewLineage: DocumentStore['renewLineage'] = (name) => storage.documents.renewLineage(name);
  names: DocumentStore['names'] = () => storage.documents.names();

  read(name: DocumentName): Promise<StoredDocument> {
    this.reads += 1;
    return this.isFailing ? Promise.reject(new Error('cannot read')) : storage.documents.read(name);
  }
}

function roomsOver(documents: DocumentStore, idleAfter = 0, compactAbove = 500): DocumentRooms {
  const clock = () => Date.now();
  const check = () => Promise.resolve();
  const refresh = () => Promise.resolve();
  const journal = new Journal({ documents, clock, check, refresh, onRecovered: () => undefined });
  return new DocumentRooms({ documents, journal, clock, guards: () => [], roots: () => null, idleAfter, compactAbove });
}

async function type(rooms: DocumentRooms, characters: number): Promise<void> {
  const lease = await rooms.lease(BOARD);
  for (let index = 0; index < characters; index += 1) {
    await lease.room.edit(null, (doc) => doc.getText('text').insert(0, String(index % 10)));
  }
  lease.release();
}

const unloaded = async (rooms: DocumentRooms) => {
  while (rooms.peek(BOARD)) await new Promise(setImmediate);
};

describe('documents in memory', () => {
  test('[Y14] 50 who open a document at once wait for one load and share one room', async () => {
    const documents = new CountedReads();
    const rooms = roomsOver(documents);
    const leases = await Promise.all(Array.from({ length: 50 }, () => rooms.lease(BOARD)));
    expect(documents.reads).toBe(1);
    expect(new Set(leases.map(({ room }) => room)).size).toBe(1);
  });

  test('[Y14] a failed load leaves nothing behind: the next one reads again', async () => {
    const documents = new CountedReads();
    const rooms = roomsOver(documents);
    documents.isFailing = true;
    await expect(rooms.lease(BOARD)).rejects.toThrow('cannot read');
    documents.isFailing = false;
    const { room } = await rooms.lease(BOARD);
    expect(room.seq).toBe(0);
  });

  test('[Y14] a document leaves memory when nobody is left, and never while somebody has it', async () => {
    const rooms = roomsOver(storage.documents);
    const [first, second] = [await rooms.lease(BOARD), await rooms.lease(BOARD)];
    first.release();
    first.release(); // twice is once
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(rooms.peek(BOARD)).toBe(second.room);
    second.release();
    await unloaded(rooms);
    expect((await rooms.lease(BOARD)).room).not.toBe(second.room);
  });

  test('[Y14] 200 rounds of opening, editing and leaving at the same time lose no edit', async () => {
    const rooms = roomsOver(storage.documents, 0, 5);
    await Promise.all(
      Array.from({ length: 200 }, async (_, round) => {
        await new Promise((resolve) => setTimeout(resolve, (round * 7) % 90));
        await type(rooms, 1);
      }),
    );
    await unloaded(rooms);
    const { room } = await rooms.lease(BOARD);
    expect(room.contents.copy().getText('text').length).toBe(200);
    expect(room.seq).toBe(200);
  });
});

describe('compaction', () => {
  test('[Y15] an idle document with many rows becomes one snapshot with the same content and log position', async () => {
    const rooms = roomsOver(storage.documents, 0, 20);
    await type(rooms, 25);
    const before = await storage.documents.read(BOARD);
    await unloaded(rooms);
    await rooms.close();
    const after = await storage.documents.read(BOARD);
    expect([before.updates.length, before.seq]).toEqual([25, 25]);
    expect([after.updates.length, after.snapshotSeq, after.seq]).toEqual([0, 25, 25]);
    const replayed = new Y.Doc();
    for (const update of before.updates) Y.applyUpdate(replayed, update);
    const compacted = new Y.Doc();
    Y.applyUpdate(compacted, after.snapshot!);
    expect(Y.equalSnapshots(Y.snapshot(replayed), Y.snapshot(compacted))).toBe(true);
    expect(compacted.getText('text').toString()).toBe(replayed.getText('text').toString());
  });

  test('[Y15] rows that were written meanwhile stay behind the snapshot', async () => {
    const rooms = roomsOver(storage.documents, 60_000);
    await type(rooms, 5);
    const compacted = compact(storage.documents, BOARD);
    await type(rooms, 3);
    expect(await compacted).toBe(true);
    const stored = await storage.documents.read(BOARD);
    expect([stored.seq, stored.snapshotSeq + stored.updates.length]).toEqual([8, 8]);
    await type(rooms, 1);
    const fresh = await roomsOver(storage.documents).lease(BOARD);
    expect(fresh.room.contents.copy().getText('text').length).toBe(9);
  });

  test('[Y15] rows that do not make a whole document are kept as they are', async () => {
    const doc = new Y.Doc();
    const updates: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => updates.push(update));
    doc.getText('text').insert(0, 'a');
    doc.getText('text').insert(1, 'b');
    await storage.documents.read(BOARD);
    await storage.documents.append([{ document: BOARD, seq: 1, update: updates[1]!, seat: null, at: 0 }]);
    expect(await compact(storage.documents, BOARD)).toBe(false);
    expect((await storage.documents.read(BOARD)).updates).toHaveLength(1);
  });

  test('[Y15] rows that Yjs would read back differently are joined as they are, and grow no further', async () => {
    const rows = [
      'AQECACgBA21hcARrYnkyAX1BAA==',
      'AQECAQcBA3htbAMJcGFyYWdyYXBoAA==',
      'AQECAigAAgEEbGFqZwF3Amt5AA==',
      'AQECA4QCAiZ4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eAA=',
      'AAECAQgC',
    ].map((row) => new Uint8Array(Buffer.from(row, 'base64')));
    await storage.documents.append(
      rows.map((update, index) => ({ document: BOARD, seq: index + 1, update, seat: null, at: 1 })),
    );
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(await compact(storage.documents, BOARD)).toBe(true);
    expect(await storage.documents.read(BOARD)).toMatchObject({ updates: [], seq: 5 });
    const { snapshot } = await storage.documents.read(BOARD);
    expect(new DocumentLog([snapshot!]).stateVector()).toEqual(new DocumentLog(rows).stateVector());
  });
});
