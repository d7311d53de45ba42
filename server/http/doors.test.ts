import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answering, receive } from './doors.ts';

const HELLO = 'GET /hello HTTP/1.1\r\nHost: x\r\n\r\n';
const upgrade = (path: string) =>
  `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`;

let server: Server;
let lines: string[];
let handle: (req: IncomingMessage, res: ServerResponse) => unknown;
let take: (req: IncomingMessage, socket: Duplex) => boolean;

beforeEach(async () => {
  lines = [];
  vi.spyOn(console, 'error').mockImplementation((line: string) => void lines.push(line));
  handle = (_, res) => res.end('hello');
  take = () => false;
  server = createServer(answering((req, res) => (req.url === '/hello' ? res.end('hello') : handle(req, res))));
  receive(server, (req, socket) => take(req, socket));
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterEach(() => {
  vi.restoreAllMocks();
  server.closeAllConnections();
  server.close();
});

/** Sends the texts one after another on one connection, each when the one before was answered, and returns all answers. */
async function talk(...texts: readonly string[]): Promise<string> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => undefined);
  let answers = '';
  let isClosed = false;
  socket.on('data', (chunk: Buffer) => (answers += chunk.toString()));
  socket.once('close', () => (isClosed = true));
  for (const text of texts) {
    const before = answers.length;
    socket.write(text);
    while (!isClosed && answers.length === before) await new Promise((resolve) => setTimeout(resolve, 1));
  }
  socket.destroy();
  return answers;
}
const statuses = (answers: string) => [...answers.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status));
const ASK = 'GET /page HTTP/1.1\r\nHost: x\r\n\r\n';

test('[U1] what throws or rejects is answered with 500 in words, and the same connection goes on', async () => {
  const failures = [
    () => {
      throw new Error('what Aida wrote');
    },
    () => Promise.reject(new Error('what Aida wrote')),
    (_: IncomingMessage, res: ServerResponse) => {
      res.setHeader('content-encoding', 'br');
      throw new Error('what Aida wrote');
    },
    (_: IncomingMessage, res: ServerResponse) => res.writeHead(9_999),
  ];
  for (const failure of failures) {
    handle = failure;
    const answers = await talk(ASK, HELLO);
    expect(statuses(answers)).toEqual([500, 200]);
    expect(answers).toContain('Something went wrong on the server');
    expect(answers).not.toMatch(/Aida|content-encoding/);
  }
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.filter((line) => /Aida|\n/.test(line))).toEqual([]);
});

test('[U1] an answer that fails half-way is cut, never continued', async () => {
  handle = async (_, res) => {
    res.write('half');
    await new Promise((resolve) => setTimeout(resolve, 5));
    throw new Error('later');
  };
  expect(statuses(await talk(ASK, HELLO))).toEqual([200]);
  expect(statuses(await talk(HELLO))).toEqual([200]);
});

test('[U6] what is no range is answered with 416 before any file is opened', async () => {
  const asked: string[] = [];
  handle = (req, res) => res.end(asked.push(String(req.headers.range)) && 'file');
  const range = (value: string) => `GET /file HTTP/1.1\r\nHost: x\r\nRange: ${value}\r\n\r\n`;
  expect(statuses(await talk(range('bytes=10-5'), range('bytes=0-9'), range('items=1-2'), HELLO))).toEqual([
    416, 200, 200, 200,
  ]);
  expect(asked).toEqual(['bytes=0-9', 'undefined']);
});

test('[U7] an upgrade that is reset ends nothing, whoever took it', async () => {
  const taken: Duplex[] = [];
  const ways: (typeof take)[] = [
    (_, socket) => taken.push(socket) > 0, // a seat is being looked up
    (_, socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n') || true,
    () => false,
    () => {
      throw new Error('bug');
    },
  ];
  for (const way of ways) {
    take = way;
    for (let times = 0; times < 30; times += 1) {
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
      socket.on('error', () => undefined);
      await once(socket, 'connect');
      socket.write(upgrade('/any'), () => socket.resetAndDestroy());
      await once(socket, 'close');
    }
  }
  expect(statuses(await talk(HELLO))).toEqual([200]);
  for (const socket of taken) socket.emit('error', new Error('ECONNRESET'));
  expect(taken.length).toBeGreaterThan(0);
});

test('[U7] an upgrade that nobody takes is told so, and leaves no socket open', async () => {
  expect(await talk(upgrade('/unknown'))).toMatch(/^HTTP\/1\.1 404 Not Found\r\nConnection: close\r\n/);
  take = () => {
    throw new Error('bug');
  };
  expect(statuses(await talk(upgrade('/known')))).toEqual([500]);
  await expect.poll(() => new Promise((resolve) => server.getConnections((_, count) => resolve(count)))).toBe(0);
});

test('[U7] what is no request is answered in words', async () => {
  expect(await talk('NO REQUEST\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [^]*cannot? be read|can be read/);
  const long = `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`;
  expect(statuses(await talk(long))).toEqual([431]);
});

test('[U1] a connection that the system does not hand over ends nothing', () => {
  server.emit('error', Object.assign(new Error('accept EMFILE'), { code: 'EMFILE' }));
  expect(lines).toEqual([expect.stringMatching(/^dastarkhan: a connection was not accepted: Error EMFILE/)]);
});
