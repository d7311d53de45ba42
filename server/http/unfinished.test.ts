import { EventEmitter, once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LIMITS } from '#domain/limits.ts';
import { Unfinished } from './unfinished.ts';

let server: Server;
const sockets: Socket[] = [];
/** Whoever asks says where from. */
beforeEach(async () => {
  const unfinished = new Unfinished();
  server = createServer((req, res) => {
    if (unfinished.refuses(req, res, String(req.headers['x-from']))) return;
    if (req.url === '/held') res.writeContinue();
    else if (req.url === '/answered') res.writeHead(404).end();
    else req.resume().once('end', () => res.end('taken'));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  server.close();
});

function begin(from: string, length: number | 'chunked', path = '/held'): Socket {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => undefined);
  sockets.push(socket);
  const size = length === 'chunked' ? 'transfer-encoding: chunked' : `content-length: ${length}`;
  socket.write(`POST ${path} HTTP/1.1\r\nhost: x\r\nx-from: ${from}\r\ncookie: a=b\r\n${size}\r\n\r\n`);
  return socket;
}

const statusOf = async (socket: Socket): Promise<string> => String(((await once(socket, 'data')) as [Buffer])[0]);
const send = (from: string, body: string) =>
  fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, {
    method: 'POST',
    headers: { 'x-from': from },
    body,
  });

test('[S80] who finishes no request is bounded by address, in words, and holds up nobody else', async () => {
  const most = Math.floor(LIMITS.unfinishedOfAddress.most / LIMITS.bodyOfSeat.most);
  for (let count = 0; count < most; count += 1) expect(await statusOf(begin('hall', 'chunked'))).toMatch(/ 100 /);
  const refused = await statusOf(begin('hall', 10));
  expect(refused).toMatch(/^HTTP\/1.1 429 .*retry-after: 10.*Too much is on its way from here/is);
  expect((await send('hall', 'words')).status).toBe(429);
  expect((await send('elsewhere', 'words')).status).toBe(200);
  sockets[0]!.destroy();
  await expect.poll(async () => (await send('hall', 'words')).status).toBe(200);
});

test('[S80] what came whole is counted no more, and what declares a byte costs a socket', async () => {
  const most = Math.floor(LIMITS.unfinishedOfAddress.most / LIMITS.bodyOfNobody.most);
  expect(most).toBeGreaterThan(3_500); // ten big forums behind one router
  for (let count = 0; count < 20; count += 1) expect((await send('hall', 'words')).status).toBe(200);
  const unfinished = new Unfinished();
  const once = () => undefined;
  const request = { headers: { 'content-length': '1' }, once } as never;
  const answers = { writeHead: () => ({ end: () => undefined }), once } as never;
  const refused = Array.from({ length: most + 3 }, () => unfinished.refuses(request, answers, 'hall'));
  expect(refused.indexOf(true)).toBe(most);
});

test('[S80] from everywhere together there is a bound too, and what came is given back once', () => {
  const unfinished = new Unfinished();
  const most = Math.floor(LIMITS.unfinishedOfServer.most / LIMITS.bodyOfAccount.most);
  for (let round = 0; round < 2; round += 1) {
    const begun = Array.from({ length: most + 1 }, (_, index) => {
      const headers = { 'content-length': `${LIMITS.bodyOfAccount.most}` };
      const req = Object.assign(new EventEmitter(), { headers });
      const res = Object.assign(new EventEmitter(), { writeHead: () => ({ end: () => undefined }) });
      return { req, res, isRefused: unfinished.refuses(req as never, res as never, `address ${index}`) };
    });
    expect(begun.findIndex(({ isRefused }) => isRefused)).toBe(most);
    for (const { req, res } of begun) {
      req.emit('end');
      req.emit('close');
      res.emit('close');
    }
  }
});

test('[S80] what is answered before it has come whole, and then cut, is counted no more', async () => {
  const most = Math.floor(LIMITS.unfinishedOfAddress.most / LIMITS.bodyOfSeat.most);
  for (let count = 0; count < most + 5; count += 1) {
    const socket = begin('hall', 'chunked', '/answered');
    socket.write('3\r\nabc\r\n');
    expect(await statusOf(socket)).toMatch(/ 404 /);
    socket.destroy();
  }
  expect((await send('hall', 'words')).status).toBe(200);
});
