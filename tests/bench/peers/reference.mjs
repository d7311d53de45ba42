// The reference: @y/websocket-server as it comes, its LevelDB persistence on (YPERSISTENCE), on the newest ws rather
// than on the one it was published with. `seed FILE` stores a board's updates one by one and ends.
import { createServer } from 'node:http';
import { getPersistence, setupWSConnection } from '@y/websocket-server/utils';
import { WebSocketServer } from 'ws';
import { readSeed } from './seed.mjs';

const { DOCUMENT, PORT, SEED } = process.env;
if (SEED) {
  const { provider } = getPersistence();
  for (const update of readSeed(SEED)) await provider.storeUpdate(DOCUMENT, update);
  await provider.destroy();
} else {
  const sockets = new WebSocketServer({ noServer: true });
  sockets.on('connection', setupWSConnection);
  const server = createServer((_req, res) => res.end('okay'));
  server.on('upgrade', (req, socket, head) => {
    sockets.handleUpgrade(req, socket, head, (opened) => sockets.emit('connection', opened, req));
  });
  server.listen(Number(PORT), '127.0.0.1', () => console.log(`ready ${server.address().port}`));
}
