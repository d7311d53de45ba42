import type { IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { CLOSE, encodeUpdate } from '#protocol/sync.ts';
import { BOMBS } from '../fuzz/bombs.ts';
import { Target } from '../fuzz/target.ts';
import { clientFrame } from '../fuzz/ws-parts.ts';
import { slowness } from '../rig/pace.ts';
import { ServerProcess } from '../rig/server-process.ts';
import { BOARD, SyncRig, until } from './sync-rig.ts';
import { Visitor } from './visitor.ts';

const isBuilt = existsSync(join(import.meta.dirname, '../../build/handler.js'));

describe('bombs', () => {
  let target: Target;
  let refused = 0;
  let slowest = 0;
  let slow = 1;
  beforeAll(async () => {
    target = await Target.start();
    slow = slowness();
  });
  afterAll(async () => {
    console.log(`${refused} bombs refused, slowest ${slowest.toFixed(2)} ms, log ${target.said} bytes`);
    expect(refused).toBeGreaterThan(BOMBS.length);
    await target.stop();
    target.remove();
  });

  const enter = async (options = {}) => {
    const visitor = new Visitor(`${target.url}/${BOARD}?seat=seat0001`, {}, options);
    expect(await visitor.entered()).toBe(true);
    return visitor;
  };
  const closed = (visitor: Visitor) => until(() => visitor.closedWith !== null, 'closed');
  const expectQuiet = async () => {
    const { slowest: took, rss } = await target.figures();
    refused += 1;
    slowest = Math.max(slowest, took);
    // of the processor: 2 ms is the aim and printed, and what is made for a bomb takes hundreds
    expect(took / slow).toBeLessThan(100);
    return rss;
  };

  test('[Y17] a bomb is refused before anything is made for it', async () => {
    // sockets and buffers of a few large frames have a size of their own: seen with harmless ones first
    for (let size = 0; size < 5; size += 1) {
      const visitor = await enter();
      visitor.send(encodeUpdate(new Uint8Array(990_000)));
      await closed(visitor);
    }
    const { rss: before } = await target.figures();
    const told: string[] = [];
    for (const [name, bomb] of BOMBS) {
      const frame = bomb();
      const visitor = await enter();
      visitor.send(frame);
      await closed(visitor);
      const rss = await expectQuiet();
      told.push(
        `${name}: ${frame.length} bytes, closed with ${visitor.closedWith}, ${Math.round((rss - before) / 1e6)} MB`,
      );
      expect([CLOSE.malformed, CLOSE.tooLarge], name).toContain(visitor.closedWith);
      expect(rss - before, name).toBeLessThan(64_000_000);
    }
    console.log(told.join('\n'));
  });

  test('[Y7] a message in 100,000 pieces is cut off', async () => {
    const visitor = await enter();
    for (let piece = 0; piece < 100_000 && visitor.closedWith === null; piece += 1) {
      visitor.socket.send(Uint8Array.of(0), { fin: false });
      if (piece % 1_000 === 0) await new Promise(setImmediate);
    }
    await closed(visitor);
    expect([1006, 1008]).toContain(visitor.closedWith);
    await expectQuiet();
  });

  test.each([
    ['a ping in pieces', { fin: false, rsv1: false, opcode: 9 }, 1002],
    ['a compressed message', { fin: true, rsv1: true, opcode: 2 }, 1002],
    ['an unknown opcode', { fin: true, rsv1: false, opcode: 5 }, 1002],
    ['a continuation of nothing', { fin: true, rsv1: false, opcode: 0 }, 1002],
    ['text', { fin: true, rsv1: false, opcode: 1 }, CLOSE.malformed],
  ])('[Y7] %s closes the socket', async (_name, header, code) => {
    const visitor = await enter();
    raw(visitor).write(clientFrame(Uint8Array.of(1), header));
    await closed(visitor);
    expect(visitor.closedWith).toBe(code);
    await expectQuiet();
  });

  test('[Y7] compression is offered in vain', async () => {
    const visitor = await enter({ perMessageDeflate: true });
    expect(visitor.socket.extensions).toBe('');
    visitor.leave();
  });
});

describe('at the door', () => {
  test('[Y29] what is sent before the seat is known waits outside, and little of it', async () => {
    let asked: IncomingMessage | null = null;
    let answer: (seat: null) => void = () => undefined;
    const rig = await SyncRig.start({
      seatOf: (req) => {
        asked = req;
        return new Promise((resolve) => (answer = resolve));
      },
    });
    const socket = connect(new URL(rig.origin).port as unknown as number, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(upgradeRequest(`/sync/${BOARD}`));
    await until(() => asked !== null, 'the server asks who it is');
    let written = 0;
    const flood = () => {
      while (written < 50_000_000 && socket.write(Buffer.alloc(65_536))) written += 65_536;
    };
    socket.on('drain', flood);
    flood();
    let seen = -1;
    for (let same = 0; same < 20; same = seen === asked!.socket.bytesRead ? same + 1 : 0) {
      seen = asked!.socket.bytesRead;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    console.log(`${written} bytes offered, ${seen} taken before the seat was known`);
    expect(written).toBeGreaterThan(seen);
    expect(seen).toBeLessThan(512_000);
    answer(null);
    await until(() => socket.destroyed || socket.readableEnded, 'turned away');
    socket.destroy();
    await rig.close();
  });

  test.skipIf(!isBuilt)('[Y29] half a request is cut off, and so is half an upgrade', async () => {
    const server = new ServerProcess();
    await server.start();
    const { port } = new URL(server.origin);
    const halves = [
      upgradeRequest('/sync/board/room00001').slice(0, -2),
      'GET / HTTP/1.1\r\nHost: hall\r\n',
      'POST /api/join HTTP/1.1\r\n',
      '',
    ].map((half) => {
      const socket = connect(Number(port), '127.0.0.1');
      socket.on('error', () => undefined);
      socket.resume();
      if (half) socket.write(half);
      return socket;
    });
    const deadline = new Promise<void>((resolve) => setTimeout(resolve, 30_000));
    await Promise.race([
      Promise.all(halves.map((socket) => new Promise((resolve) => socket.once('close', resolve)))),
      deadline,
    ]);
    expect(halves.map(({ destroyed }) => destroyed)).toEqual([true, true, true, true]);
    await server.remove();
  });
});

const raw = ({ socket }: Visitor): Socket => (socket as WebSocket & { _socket: Socket })._socket;

const upgradeRequest = (path: string): string =>
  `GET ${path} HTTP/1.1\r\nHost: hall\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
  'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';
