import { expect, test } from 'vitest';
import { connect } from 'node:net';
import * as Y from 'yjs';
import { encodeStep1, encodeUpdate } from '#protocol/sync.ts';
import { clientFrame } from '../fuzz/ws-parts.ts';
import { BOARD, SyncRig, until } from './sync-rig.ts';
import { Visitor } from './visitor.ts';

const WRITERS = 4;
const PAGES = 7; // of each: what one may write at once
const PAGE = 900_000;
const WHOLE = WRITERS * PAGES * PAGE; // far more than the system and the limit take together

test('[Y65] a board of 25 MB reaches a reader that takes it in late and slowly, while others write', async () => {
  const rig = await SyncRig.start();
  const writers = Array.from(
    { length: WRITERS },
    (_, index) => new Visitor(`${rig.url}/${BOARD}?seat=writer00${index}`),
  );
  const write = (writer: Visitor, bytes: number) => {
    const doc = new Y.Doc();
    doc.getText('text').insert(0, 'x'.repeat(bytes));
    writer.send(encodeUpdate(Y.encodeStateAsUpdate(doc)));
  };
  for (const writer of writers) {
    await writer.entered();
    for (let page = 0; page < PAGES; page += 1) write(writer, PAGE);
    await until(() => writer.durable === PAGES, 'it is stored');
  }

  const socket = connect(Number(new URL(rig.origin).port), '127.0.0.1');
  let taken = 0;
  let isClosed = false;
  socket.on('close', () => (isClosed = true));
  socket.on('error', () => undefined);
  socket.write(
    `GET /sync/${BOARD}?seat=slow00001 HTTP/1.1\r\nHost: hall\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  );
  socket.write(clientFrame(encodeStep1(Uint8Array.of(0)), { fin: true, rsv1: false, opcode: 2 }));
  socket.pause();
  for (let edit = 0; edit < 20; edit += 1) {
    write(writers[0]!, 10); // each would have cut the reader
    await until(() => writers[0]!.durable === PAGES + 1 + edit, 'others go on');
  }
  for (let piece = 0; !isClosed && taken < WHOLE; piece += 1) {
    const chunk = socket.read() as Buffer | null;
    taken += chunk?.length ?? 0;
    if (!chunk) await new Promise((resolve) => setTimeout(resolve, 1));
  }
  expect([isClosed, taken >= WHOLE]).toEqual([false, true]);
  socket.destroy();
  for (const writer of writers) writer.leave();
  await rig.close();
});
