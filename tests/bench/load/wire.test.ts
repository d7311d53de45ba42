import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { Seeded } from '../../faults/seeded.ts';
import { Wire } from './wire.ts';

const open: { server: Server; wire: Wire }[] = [];
afterEach(() => {
  for (const { server, wire } of open.splice(0)) {
    wire.close();
    server.close();
  }
});

/** A client of a server that answers the upgrade and then sends what the test says. */
async function pair() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const received: Buffer[] = [];
  let lost: string | null = null;
  const wire = new Wire({
    url: new URL(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/board`),
    headers: { Cookie: 'seat=1' },
    onOpen: () => undefined,
    onMessage: (message) => void received.push(Buffer.from(message)),
    onBytes: () => undefined,
    onLost: (why) => (lost = why),
  });
  open.push({ server, wire });
  const [socket] = (await once(server, 'connection')) as [Socket];
  const [request] = (await once(socket, 'data')) as [Buffer];
  return { socket, received, request: request.toString(), lost: () => lost };
}

const UPGRADED = 'HTTP/1.1 101 Switching Protocols\r\n\r\n';

function frame(payload: Buffer, opcode = 2): Buffer {
  const { length } = payload;
  const header = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  header[0] = 0x80 | opcode;
  header[1] = length < 126 ? length : length < 65_536 ? 126 : 127;
  if (header.length === 4) header.writeUInt16BE(length, 2);
  if (header.length === 10) header.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([header, payload]);
}

test.each([1, 2, 3, 4, 5])('messages of any length arrive whole, however TCP cuts them (%i)', async (seed) => {
  const random = new Seeded(seed);
  const { socket, received, request } = await pair();
  expect(request).toMatch(/^GET \/board HTTP.*Cookie: seat=1/s);
  const messages = [0, 1, 125, 126, 127, 65_535, 65_536, 300_000, 3, 0].map((length) =>
    Buffer.alloc(length, length % 251),
  );
  const bytes = Buffer.concat([Buffer.from(UPGRADED), ...messages.map((message) => frame(message))]);
  socket.setNoDelay(true);
  for (let at = 0; at < bytes.length;) {
    const end = at + (random.next() < 0.9 ? random.between(1, 9) : random.between(10, 60_000));
    socket.write(bytes.subarray(at, end));
    at = end;
    await new Promise((resolve) => setImmediate(resolve));
  }
  await expect.poll(() => received.length, { timeout: 10_000 }).toBe(messages.length);
  expect(received.every((message, index) => message.equals(messages[index]!))).toBe(true);
});

test('a ping is answered with its own bytes', async () => {
  const { socket } = await pair();
  socket.write(Buffer.concat([Buffer.from(UPGRADED), frame(Buffer.from('here?'), 9)]));
  const [pong] = (await once(socket, 'data')) as [Buffer];
  expect(pong[0]).toBe(0x8a);
  expect(pong.subarray(6).toString()).toBe('here?');
});

test('a refused upgrade and a close frame are told', async () => {
  const refused = await pair();
  refused.socket.write('HTTP/1.1 401 Unauthorized\r\n\r\n');
  await expect.poll(refused.lost).toBe('HTTP/1.1 401 Unauthorized');
  const closed = await pair();
  closed.socket.write(Buffer.concat([Buffer.from(UPGRADED), frame(Buffer.from([0x03, 0xef]), 8)]));
  await expect.poll(closed.lost).toBe('closed with 1007');
});
