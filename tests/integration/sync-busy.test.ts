import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { AWARENESS, CLOSE, SYNC, SYNC_UPDATE, encodeAwareness, encodeUpdate } from '#protocol/sync.ts';
import { presenceOf } from './attack-frames.ts';
import { BOARD, SyncRig, until } from './sync-rig.ts';

const MALFORMED = Uint8Array.of(SYNC, SYNC_UPDATE, 255, 255, 3);

let rig: SyncRig;
let sockets: WebSocket[];
beforeEach(async () => {
  rig = await SyncRig.start();
  sockets = [];
});
afterEach(async () => {
  for (const socket of sockets) socket.terminate();
  await rig.close();
  vi.restoreAllMocks();
});

async function enter(seat: string): Promise<WebSocket> {
  const socket = new WebSocket(`${rig.url}/${BOARD}?seat=${seat}`);
  sockets.push(socket);
  await new Promise((resolve) => socket.once('open', resolve));
  return socket;
}

const closed = (socket: WebSocket) => new Promise<number>((resolve) => socket.once('close', resolve));

/** Frames with one letter each, of a writer of its own. */
function letters(text: string): Uint8Array[] {
  const doc = new Y.Doc();
  const frames: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => frames.push(encodeUpdate(update)));
  for (const letter of text) doc.getText('text').insert(0, letter);
  return frames;
}

/** Somebody writes so much that frames wait for each other. */
async function makeBusy(): Promise<void> {
  const socket = await enter('noisy0001');
  for (const frame of letters('.'.repeat(80))) socket.send(frame);
  await until(async () => (await content()).length === 80, 'the noise is stored');
  socket.send(letters('.')[0]!); // less than a moment ago
}

async function content(): Promise<string> {
  const doc = await rig.sync.read(BOARD);
  return doc.getText('text').toString();
}

describe('when many write', () => {
  test('[Y2] what was said just before a socket closed is stored', async () => {
    await makeBusy();
    for (let round = 0; round < 10; round += 1) {
      const socket = await enter('aida00001');
      const gone = closed(socket);
      socket.send(letters('a')[0]!);
      socket.close();
      await gone;
    }
    await until(async () => (await content()).split('a').length === 11, 'all ten letters are there');
  });

  test('[Y7] nothing is taken of what comes behind a malformed frame, however soon', async () => {
    await makeBusy();
    for (let round = 0; round < 10; round += 1) {
      const socket = await enter('thief0001');
      const gone = closed(socket);
      socket.send(MALFORMED);
      socket.send(letters('t')[0]!);
      expect(await gone).toBe(CLOSE.malformed);
    }
    (await enter('good00001')).send(letters('g')[0]!);
    await until(async () => (await content()).includes('g'), 'what came later has been read');
    expect(await content()).not.toContain('t');
  });

  test('[Y16] a stopping server stores what waits to be read', async () => {
    await makeBusy();
    const socket = await enter('aida00001');
    await until(async () => (await content()).length === 81, 'nobody else waits any more');
    const answered = new Promise((resolve) => socket.once('pong', resolve));
    socket.send(letters('a')[0]!);
    socket.ping();
    await answered; // so the letter has arrived, and waits
    await rig.sync.close();
    const { updates } = await rig.storage.documents.read(BOARD);
    const doc = new Y.Doc();
    for (const update of updates) Y.applyUpdate(doc, update);
    expect(doc.getText('text').toString()).toContain('a');
  });
});

test('[Y11] a cursor that waited for an edit is shown also when the edit could not be stored', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const [aida, bek, observer] = [await enter('aida00001'), await enter('bek000001'), await enter('observer1')];
  let seen = '';
  observer.on('message', (data: Buffer) => (seen += data[0] === AWARENESS ? data.toString('latin1') : ''));
  const open = rig.documents.hold();
  const before = rig.documents.appends;
  aida.send(letters('a')[0]!);
  await until(() => rig.documents.appends > before, 'the edit is on its way');
  const answered = new Promise((resolve) => bek.once('pong', resolve));
  bek.send(encodeAwareness(presenceOf([{ client: 7, clock: 1, state: { item: 'item0001' } }])));
  bek.ping();
  await answered;
  rig.documents.fail('disk full');
  open();
  await until(() => seen.includes('item0001'), 'it is shown');
});

test('[Y9] somebody who reads nothing is cut off before the server’s memory fills, and nobody else', async () => {
  const slow = await enter('slow00001');
  const gone = closed(slow);
  slow.pause();
  const writers = await Promise.all(['aida00001', 'bek000001', 'chyngyz01', 'dana00001'].map(enter));
  const heard = writers.map(() => 0); // bytes
  writers.forEach((writer, at) => writer.on('message', (data: Buffer) => (heard[at]! += data.length)));
  const page = 'page '.repeat(150_000);
  for (let round = 0; round < 8; round += 1) {
    // who reads is never so far behind
    await until(() => Math.min(...heard) >= round * 3 * page.length, 'the others have it all');
    for (const writer of writers) {
      const doc = new Y.Doc();
      doc.getText('text').insert(0, page);
      writer.send(encodeUpdate(Y.encodeStateAsUpdate(doc)));
    }
  }
  await until(() => rig.sync.stats().sync_connections === writers.length, 'the one is cut off');
  for (const writer of writers) expect(writer.readyState).toBe(WebSocket.OPEN);
  slow.resume();
  expect(await gone).toBe(1006);
});
