import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SeatId } from '#domain/ids.ts';
import { openStorage } from '#server/storage/open-storage.ts';
import { SyncServer } from '#server/sync/sync-server.ts';
import { FORUM, TablePermissions } from '../integration/sync-rig.ts';

/** The sync endpoint alone, with real storage, as a process that can be killed. Arguments: data folder, port. */
const [dataDir = '', port = '0'] = process.argv.slice(2);
const storage = await openStorage({ dataDir, databaseUrl: undefined });
const sync = new SyncServer({
  documents: storage.documents,
  permissions: new TablePermissions(),
  seatOf: (req, forumId) => {
    const seat = new URL(req.url ?? '/', 'http://rig').searchParams.get('seat');
    return Promise.resolve(seat && forumId === FORUM ? { seatId: seat as SeatId, role: 'participant' } : null);
  },
  originAllowed: () => true,
  clock: Date.now,
  check: () => storage.check(),
});
const server = createServer();
server.on('upgrade', (req, socket, head) => sync.upgrade(req, socket, head, (req.url ?? '/').split('?', 1)[0] ?? '/'));
server.listen(Number(port), '127.0.0.1', () => console.log(`ready ${(server.address() as AddressInfo).port}`));
process.on('SIGTERM', () => void sync.close().then(() => process.exit(0)));
