import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FrameWriter, type FrameStream } from './frame-writer.ts';

let near: Socket;
let far: Socket;
let undo: () => void;

beforeEach(async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  far = connect((server.address() as AddressInfo).port, '127.0.0.1');
  [near] = (await once(server, 'connection')) as [Socket];
  near.on('error', () => undefined);
  far.on('error', () => undefined);
  undo = () => {
    near.destroy();
    far.destroy();
    server.close();
  };
});
afterEach(() => undo());

/** Bytes that name their place in the whole. */
function piece(number: number, length: number): Uint8Array {
  return new Uint8Array(length).fill(number);
}

async function received(count: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  far.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    length += chunk.length;
  });
  far.resume();
  await expect.poll(() => length, { timeout: 60_000 }).toBe(count);
  return Buffer.concat(chunks);
}

const ways: [string, (socket: Socket) => FrameStream][] = [
  ['to the handle', (socket) => socket as unknown as FrameStream],
  [
    'to the stream, where there is no handle',
    (socket) =>
      ({
        write: (bytes: Uint8Array) => socket.write(bytes),
        destroy: () => socket.destroy(),
        get writableLength() {
          return socket.writableLength;
        },
      }) as FrameStream,
  ],
];

describe.each(ways)('frames %s', (_way, streamOf) => {
  test('[Y2] arrive whole and in order, also behind a reader that pauses, whose bytes are counted', async () => {
    const writer = new FrameWriter(streamOf(near));
    far.pause();
    const pieces = Array.from({ length: 120 }, (_, index) => piece(index, 200_000));
    for (const each of pieces) writer.write(each);
    expect(writer.waiting).toBeGreaterThan(1_000_000);
    const all = await received(120 * 200_000);
    expect(all.equals(Buffer.concat(pieces))).toBe(true);
    await expect.poll(() => writer.waiting).toBe(0);
  });

  test('[Y2] to somebody who has gone end the connection, not the server', async () => {
    const writer = new FrameWriter(streamOf(near));
    far.resetAndDestroy();
    await new Promise((resolve) => near.once('close', resolve));
    writer.write(piece(1, 100));
    expect(near.destroyed).toBe(true);
  });
});

test('[Y2] what the stream says by itself keeps whole between frames', async () => {
  const writer = new FrameWriter(near as unknown as FrameStream);
  far.pause();
  for (let index = 0; index < 60; index += 1) {
    writer.write(piece(2 * index, 100_000));
    near.write(piece(2 * index + 1, 10));
  }
  const all = await received(60 * 100_010);
  const seen: number[] = [];
  for (let at = 0; at < all.length;) {
    const number = all[at]!;
    const length = number % 2 === 0 ? 100_000 : 10;
    expect(all.subarray(at, at + length).every((byte) => byte === number)).toBe(true);
    seen.push(number);
    at += length;
  }
  expect(seen.filter((number) => number % 2 === 0)).toEqual(Array.from({ length: 60 }, (_, index) => 2 * index));
});
