import { EventEmitter, once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LIMITS } from '#domain/limits.ts';
import { Unfinished } from './unfinished.ts';

let server: Server;
const sockets: Socket[] = [];
let first: Socket | undefined; // the server's end
/** Whoever asks says where from. */
beforeEach(async () => {
  const unfinished = new Unfinished();
  server = createServer((req, res) => {
    if (unfinished.refuses(req, res, String(req.headers['x-from']))) return;
    if (req.url === '/held') res.writeContinue();
    else if (req.url === '/answered') res.writeHead(404).end();
    else req.resume().once('end', () => res.end('taken'));
  }).listen(0, '127.0.0.1');
  first = undefined;
  server.on('connection', (socket) => (first ??= socket));
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

test('[S80] who finishes no request keeps nobody out: the slowest is ended, in words, and whoever sends is let in', async () => {
  const most = Math.floor(LIMITS.unfinishedOfAddress.most / LIMITS.bodyOfSeat.most);
  const quick = begin('hall', 'chunked');
  expect(await statusOf(quick)).toMatch(/ 100 /);
  for (let count = 1; count < most; count += 1) expect(await statusOf(begin('hall', 'chunked'))).toMatch(/ 100 /);
  quick.write(`4e20\r\n${'x'.repeat(20_000)}\r\n`);
  await expect.poll(() => first?.bytesRead).toBeGreaterThan(20_000);
  const ended = sockets.map((socket) => statusOf(socket));
  const gone = new Set<number>();
  for (const [index, words] of ended.entries())
    void words.then(
      (said) => /^HTTP\/1.1 408 .*came too slowly/s.test(said) && gone.add(index),
      () => undefined,
    );
  for (let count = 0; count < 5; count += 1) expect((await send('hall', 'words')).status).toBe(200);
  await expect.poll(() => gone.size).toBe(1); // what came whole has left its place to the next
  for (let count = 0; count < 40; count += 1) expect(await statusOf(begin('hall', 10))).toMatch(/ 100 /);
  await expect.poll(() => gone.size).toBeGreaterThan(8);
  expect(gone).not.toContain(0);
  expect((await send('elsewhere', 'words')).status).toBe(200);
});

/** A request, and what it was told. */
function fake(headers: Record<string, string>) {
  const told: string[] = [];
  const socket = { bytesRead: 0, writable: true, end: (words: string) => void told.push(words) };
  const req = Object.assign(new EventEmitter(), { headers, socket, complete: false });
  const res = Object.assign(new EventEmitter(), {
    writeHead: (status: number) => ({ end: () => told.push(`${status}`) }),
  });
  return { req, res, told };
}

test('[S80] what came whole is counted no more, and what declares a byte costs a socket', async () => {
  const most = Math.floor(LIMITS.unfinishedOfAddress.most / LIMITS.bodyOfNobody.most);
  expect(most).toBeGreaterThan(3_500); // ten big forums behind one router
  for (let count = 0; count < 20; count += 1) expect((await send('hall', 'words')).status).toBe(200);
  const unfinished = new Unfinished();
  const all = Array.from({ length: most + 3 }, () => fake({ 'content-length': '1' }));
  const told = all.map(({ req, res }) => {
    expect(unfinished.refuses(req as never, res as never, 'hall')).toBe(false);
    return all.filter(({ told }) => told.length > 0).length;
  });
  expect(told.slice(-4)).toEqual([0, 1, 2, 3]);
});

test('[S80] what has come and is not read yet is not ended for another, who is asked in words to wait', () => {
  const unfinished = new Unfinished();
  const most = Math.floor(LIMITS.unfinishedOfAddress.most / LIMITS.bodyOfAccount.most);
  const all = Array.from({ length: most + 1 }, () => fake({ 'content-length': `${LIMITS.bodyOfAccount.most}` }));
  for (const { req, res } of all) {
    unfinished.refuses(req as never, res as never, 'hall');
    req.complete = true;
  }
  expect(all.map(({ told }) => told.join())).toEqual([...Array<string>(most).fill(''), '429']);
});

test('[S80] who has brought least for the room and the time it took loses its place', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  try {
    const { most } = LIMITS.bodyOfAccount;
    const room = Math.floor(LIMITS.unfinishedOfAddress.most / most);
    let unfinished = new Unfinished();
    const come = (bytes: number) => {
      const one = fake({ 'content-length': `${bytes}` });
      expect(unfinished.refuses(one.req as never, one.res as never, 'hall')).toBe(false);
      return one;
    };
    const fill = (count: number) => Array.from({ length: count }, () => come(most));
    const small = come(1);
    const bigger = fill(room);
    expect([small.told, bigger[0]?.told.length]).toEqual([[], 1]);

    unfinished = new Unfinished();
    const early = come(most);
    vi.advanceTimersByTime(60_000);
    const late = fill(room - 1);
    early.req.socket.bytesRead = 20_000;
    vi.advanceTimersByTime(10);
    come(most);
    expect([early.told.length, late.flatMap(({ told }) => told)]).toEqual([1, []]);
  } finally {
    vi.useRealTimers();
  }
});

test('[S80] from everywhere together there is a bound too, and what came is given back once', () => {
  const unfinished = new Unfinished();
  const most = Math.floor(LIMITS.unfinishedOfServer.most / LIMITS.bodyOfAccount.most);
  for (let round = 0; round < 2; round += 1) {
    const begun = Array.from({ length: most + 1 }, () => fake({ 'content-length': `${LIMITS.bodyOfAccount.most}` }));
    const ended = begun.map(({ req, res }, index) => {
      expect(unfinished.refuses(req as never, res as never, `address ${index}`)).toBe(false);
      return begun.filter(({ told }) => told.length > 0).length;
    });
    expect(ended.slice(-2)).toEqual([0, 1]);
    for (const { req, res } of begun) {
      req.emit('end');
      req.emit('close');
      res.emit('close');
    }
  }
});

test('[S80] what is answered before it has come whole, and then cut, is counted no more', async () => {
  const most = Math.floor(LIMITS.unfinishedOfAddress.most / LIMITS.bodyOfSeat.most);
  const slowest = begin('hall', 'chunked');
  expect(await statusOf(slowest)).toMatch(/ 100 /);
  const told: string[] = [];
  slowest.on('data', (words) => told.push(String(words))).on('close', () => told.push('closed'));
  for (let count = 0; count < most + 5; count += 1) {
    const socket = begin('hall', 'chunked', '/answered');
    socket.write('3\r\nabc\r\n');
    expect(await statusOf(socket)).toMatch(/ 404 /);
    socket.destroy();
  }
  expect((await send('hall', 'words')).status).toBe(200);
  expect(told).toEqual([]); // no place was lacking
});

test.each([
  ['req', 'end'],
  ['req', 'close'],
  ['res', 'close'],
] as const)('[S80] each end of it gives its place back: %s %s', (end, signal) => {
  const unfinished = new Unfinished();
  const most = Math.floor(LIMITS.unfinishedOfAddress.most / LIMITS.bodyOfAccount.most);
  const told = Array.from({ length: most + 3 }, () => {
    const one = fake({ 'content-length': `${LIMITS.bodyOfAccount.most}` });
    unfinished.refuses(one.req as never, one.res as never, 'hall');
    one[end].emit(signal);
    return one.told;
  });
  expect(told.flat()).toEqual([]);
});
