import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SeatId } from '#domain/ids.ts';
import { loadDocument } from '#server/storage/load-document.ts';
import { compact } from '#server/sync/compaction.ts';
import { SyncServer } from '#server/sync/sync-server.ts';
import { SyncClient } from './sync-client.ts';
import { BOARD, FORUM, SyncRig, TablePermissions, until } from './sync-rig.ts';

/** The rig's server, and a second one over the same storage that knows nothing of it. */
let rig: SyncRig;
let second: SyncServer;
let url: string;
let close: () => Promise<void>;
beforeEach(async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined); // each refused commit is logged
  rig = await SyncRig.start();
  second = new SyncServer({
    documents: rig.storage.documents,
    permissions: new TablePermissions(),
    seatOf: (req, forum) => {
      const seat = new URL(req.url ?? '/', 'http://rig').searchParams.get('seat');
      return Promise.resolve(seat && forum === FORUM ? { seatId: seat as SeatId, role: 'participant' } : null);
    },
    originAllowed: () => true,
    clock: Date.now,
    check: () => rig.storage.check(),
  });
  const server = createServer();
  server.on('upgrade', (req, socket, head) => second.upgrade(req, socket, head, (req.url ?? '/').split('?', 1)[0]!));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/sync`;
  close = async () => {
    await second.close();
    await new Promise((resolve) => server.close(resolve));
  };
});
afterEach(async () => {
  await close();
  await rig.close();
  vi.restoreAllMocks();
});

describe('two servers that do not know of each other', () => {
  test('[Y61] lose nothing that either acknowledged, whoever compacts', async () => {
    const here = rig.client('aida00001');
    const there = new SyncClient(url, 'bek000001', { document: BOARD });
    const both = [here, there];
    try {
      await until(() => both.every(({ isSaved }) => isSaved), 'both are there');
      const saved: string[] = [];
      for (let round = 0; round < 12; round += 1) {
        const writer = both[round % 2]!;
        const word = `w${round} `;
        writer.write(word);
        await until(() => writer.isSaved, `${word} is acknowledged`);
        saved.push(word);
        if (round % 3 === 2) await compact(rig.storage.documents, BOARD);
      }
      const stored = (await loadDocument(rig.storage.documents, BOARD)).getText('text').toString();
      for (const word of saved) expect(stored).toContain(word);
      expect(stored.length).toBe(saved.join('').length);
    } finally {
      there.destroy();
    }
  });
});
