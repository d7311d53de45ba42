import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import type * as Y from 'yjs';
import { databaseFile } from '#server/storage/open-storage.ts';
import type { SyncClient } from '../integration/sync-client.ts';
import { until } from '../integration/sync-rig.ts';
import { FAILING, FULL, READ_ONLY, STALLED, type DiskFault } from './disk-faults.ts';
import { bareHall, isBuilt, wholeHall } from './hall.ts';
import { loadDocument } from '#server/storage/load-document.ts';
import { openStorage } from '#server/storage/open-storage.ts';

const WRITERS = 3;
const PAUSE = 50; // ms between two edits of one person
const PATIENCE = 300_000; // ms for an answer: a server whose loop waits for the disk gives none
/** Long enough for the server to give up on its disk and give everything back (30 s), or only to notice. */
const isLong = process.env.STALL === 'long';

describe('a disk', () => {
  for (const fault of [FULL, READ_ONLY, FAILING]) {
    test.skipIf(!fault.isPossible)(
      `[Y3] ${fault.name}: nothing unstored is acknowledged or shown, authors are told, and all is stored after it`,
      () => run(fault, ({ refusals }) => refusals.length >= 3),
    );
  }
  test.skipIf(!STALLED.isPossible)(
    '[Y3] stalled: the server answers on, shows nothing, and stores everything when the disk moves again',
    () => run(STALLED, ({ refusals }) => !isLong || refusals.length > 0),
  );
});

async function run(fault: DiskFault, enough: (writer: SyncClient) => boolean): Promise<void> {
  const dataDir = fault.folder();
  const hall = isBuilt ? await wholeHall(WRITERS + 1, { dataDir }) : bareHall({ dataDir });
  const clients: SyncClient[] = [];
  const typing: NodeJS.Timeout[] = [];
  let edits = 0;
  try {
    await hall.server.start();
    clients.push(...Array.from({ length: WRITERS + 1 }, (_, index) => hall.enter(index)));
    const [observer, ...writers] = clients as [SyncClient, ...SyncClient[]];
    const status = async (path: string) =>
      (await fetch(`${hall.server.origin}${path}`, { signal: AbortSignal.timeout(PATIENCE) })).status;
    const type = (writer: SyncClient) =>
      textOf(writer.doc).insert(0, `<edit ${String((edits += 1)).padStart(5, '0')}>`);
    for (const writer of writers) typing.push(setInterval(() => type(writer), PAUSE));
    await until(() => edits > 30 && writers.every(({ durable }) => durable > 5), 'they write and are acknowledged');
    expect(await status('/readyz')).toBe(200);

    const release = await fault.begin(hall.server.pid!, dataDir);
    const shownBefore = markersIn(shownTo(observer));
    const refusedBefore = writers.map(({ refusals }) => refusals.length);
    const from = edits;
    try {
      await until(() => writers.every(({ isSaved }) => !isSaved), 'they see that they are not saved');
      await until(() => edits > from + 30 && writers.every(enough), 'the fault was felt');
      await until(async () => (await status('/readyz')) === 503, 'the server says that it cannot store');
      expect(await status('/healthz')).toBe(200);
      expect(writers.map(({ isSaved }) => isSaved)).toEqual(writers.map(() => false));
      const onDisk = rows(dataDir);
      expect(markersIn(shownTo(observer)).filter((marker) => !onDisk.has(marker))).toEqual([]);
      expect(writers.flatMap((writer) => acknowledgedBy(writer).filter((marker) => !onDisk.has(marker)))).toEqual([]);
    } finally {
      await release();
    }
    const released = performance.now();
    const during = edits - from;
    await until(() => edits > from + during + 20, 'they write on');
    for (const timer of typing.splice(0)) clearInterval(timer);
    await until(() => clients.every(({ isSaved }) => isSaved), 'everything is stored');
    const seconds = (performance.now() - released) / 1_000;
    await until(async () => (await status('/readyz')) === 200, 'the server says that it can store');
    const all = Array.from({ length: edits }, (_, index) => `<edit ${String(index + 1).padStart(5, '0')}>`);
    await until(
      () => clients.every((client) => markersIn(shownTo(client)).sort().join() === all.join()),
      'all hold all',
    );
    expect(await hall.server.stop()).toBe(0);
    const storage = await openStorage({ dataDir, databaseUrl: undefined });
    const stored = textOf(await loadDocument(storage.documents, observer.document)).toString();
    await storage.close();
    expect(markersIn(stored).sort()).toEqual(all);
    const refusals = writers.reduce((sum, writer, index) => sum + writer.refusals.length - refusedBefore[index]!, 0);
    console.log(
      `disk ${fault.name}: ${during} edits meanwhile, ${refusals} refusals, ${shownBefore.length} shown before, ` +
        `all ${edits} stored ${seconds.toFixed(1)} s after the release, 0 lost`,
    );
    expect(during).toBeGreaterThan(0);
  } finally {
    for (const timer of typing) clearInterval(timer);
    for (const client of clients) client.destroy();
    await hall.server.kill();
    fault.remove(dataDir);
  }
}

/** In a root that boards have: the whole server takes no other. */
const textOf = (doc: Y.Doc): Y.Text => doc.getText('items');
const shownTo = ({ doc }: SyncClient): string => textOf(doc).toString();

const markersIn = (text: string): string[] => text.match(/<edit \d{5}>/g) ?? [];

/** What a reader of the database file finds in it now. */
function rows(dataDir: string): Set<string> {
  const database = new Sqlite(databaseFile(dataDir), { readonly: true });
  try {
    const bytes = database
      .prepare('select bytes from document_update union all select snapshot from document where snapshot is not null')
      .pluck()
      .all() as Buffer[];
    return new Set(bytes.flatMap((update) => markersIn(update.toString('latin1'))));
  } finally {
    database.close();
  }
}

/** Markers that the writer believes to be stored: all of its own but the last unsaved ones. */
function acknowledgedBy({ doc, acknowledgements }: SyncClient): string[] {
  const own = doc.store.clients.get(doc.clientID) ?? [];
  const text = own.map((struct) => ('content' in struct ? String((struct.content as { str?: string }).str ?? '') : ''));
  const markers = markersIn(text.join('')); // typed at the front: each a struct of its own, in order of typing
  return markers.slice(0, markers.length - acknowledgements.unsaved);
}
