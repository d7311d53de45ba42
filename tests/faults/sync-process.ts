import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openStorage } from '#server/storage/open-storage.ts';
import { syncOf } from '../integration/sync-rig.ts';

/** The sync endpoint alone, with real storage, as a process that can be killed; started like the whole server. */
const { DATA_DIR: dataDir = '', PORT: port = '0' } = process.env;
const storage = await openStorage({ dataDir, databaseUrl: undefined });
const sync = syncOf(storage);
const server = createServer((req, res) => {
  const storable = req.url === '/readyz' && sync.healthy ? storage.check() : Promise.resolve();
  const status = (ok: boolean) => res.writeHead(ok ? 200 : 503).end();
  storable.then(
    () => status(req.url !== '/readyz' || sync.healthy),
    () => status(false),
  );
});
server.on('upgrade', (req, socket, head) => sync.upgrade(req, socket, head, (req.url ?? '/').split('?', 1)[0] ?? '/'));
server.listen(Number(port), '127.0.0.1', () =>
  console.log(`ready http://127.0.0.1:${(server.address() as AddressInfo).port}`),
);
process.on('SIGTERM', () => void sync.close().then(() => process.exit(0)));
