import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { WebSocketServer } from 'ws';
import { LIVE_PATH } from '#protocol/live/version.ts';

/**
 * What sending costs by itself: whoever asks for a step makes the server send so many bytes to everybody, through socket.io (`PLAIN=no`)
 * or through `ws` alone. Nothing is decided, kept or made anew.
 */
const http = createServer();
let began = 0;

/** As long as what our server sends, with the one thing in it that phones look for. */
function words(bytes: number): object {
  began += 1;
  const least = JSON.stringify({ began, rest: '' }).length;
  return { began, rest: 'x'.repeat(Math.max(0, bytes - least)) };
}

if (process.env.PLAIN === 'yes') {
  const wss = new WebSocketServer({ server: http, perMessageDeflate: false });
  wss.on('connection', (socket) => {
    socket.on('message', (data) => {
      const { bytes } = JSON.parse(String(data)) as { bytes: number };
      const text = JSON.stringify(words(bytes));
      for (const client of wss.clients) client.send(text);
    });
  });
} else {
  const io = new Server(http, {
    path: LIVE_PATH,
    addTrailingSlash: false,
    transports: ['websocket'],
    serveClient: false,
  });
  io.on('connection', (socket) => {
    socket.emit('welcome');
    socket.on('command', ({ command }: { command: { bytes: number } }, acknowledge: (answer: object) => void) => {
      io.emit('told', words(command.bytes));
      acknowledge({ ok: true });
    });
  });
}

http.listen(0, '127.0.0.1', () => console.log(`ready ${(http.address() as AddressInfo).port}`));
