import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Server } from 'socket.io';
import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DownEvents } from '#protocol/live/down.ts';
import { LiveFrames } from './live-frames.ts';
import type { LiveNamespace, LiveSocket } from './live-socket.ts';

const HALL = 'hall';

let server: LiveNamespace;
let frames: LiveFrames;
let origin: string;
let clients: Socket<DownEvents>[];

beforeEach(async () => {
  const http = createServer().listen(0, '127.0.0.1');
  await once(http, 'listening');
  const streams = new WeakMap<IncomingMessage, Duplex>();
  http.on('upgrade', (request: IncomingMessage, stream: Duplex) => streams.set(request, stream));
  server = new Server(http, { serveClient: false });
  frames = new LiveFrames({ io: server, streamOf: (request) => streams.get(request) });
  origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  clients = [];
});
afterEach(async () => {
  for (const client of clients) client.disconnect();
  await server.close();
});

/** Both ends of a connection. */
async function connected(transports: string[]): Promise<[LiveSocket, Socket<DownEvents>]> {
  const near = once(server, 'connection') as Promise<[LiveSocket]>;
  const client: Socket<DownEvents> = io(origin, { transports, forceNew: true, reconnection: false });
  clients.push(client);
  const [socket] = await near;
  return [socket, client];
}

const WAYS = [['websocket'], ['polling'], ['polling', 'websocket']];

test.each(WAYS)('[W16] what several are told and what one is told come in order, over %s', async (...transports) => {
  const [socket, client] = await connected(transports);
  const heard: number[] = [];
  client.on('door', (number) => heard.push(number));
  await socket.join(HALL);
  const numbers = Array.from({ length: 200 }, (_, number) => number);
  for (const number of numbers) {
    if (number % 3 === 0) socket.emit('door', number);
    else frames.tellAudience(HALL, 'door', number);
    if (number % 20 === 0) await nextTurn();
  }
  await expect.poll(() => heard.length, { timeout: 60_000 }).toBe(numbers.length);
  expect(heard).toEqual(numbers);
});

test('[W16] a long text of any letters is told whole, to those whom it is for and to nobody else', async () => {
  const [aida, heardByAida] = await connected(['websocket']);
  const [, heardByBolot] = await connected(['websocket']);
  const told: unknown[] = [];
  const elsewhere: unknown[] = [];
  heardByAida.on('plan', (plan) => told.push(plan));
  heardByBolot.on('plan', (plan) => elsewhere.push(plan));
  heardByBolot.on('door', (number) => elsewhere.push(number));
  const plans = [10, 1_000, 70_000].map((length) => ({
    forum: { title: 'су 水 💧', language: 'ky' as const },
    workshop: { title: 'ж'.repeat(length), question: '"' },
  }));
  for (const plan of plans) frames.tell([aida], 'plan', plan);
  frames.tellAudience('nobody', 'door', 1);
  frames.tell([...server.sockets.sockets.values()], 'door', 2);
  await expect.poll(() => told.length + elsewhere.length, { timeout: 60_000 }).toBe(plans.length + 1);
  expect(told).toEqual(plans);
  expect(elsewhere).toEqual([2]);
});
