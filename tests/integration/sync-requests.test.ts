import { request } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { RequestSocket } from '#lib/sync/request-socket.ts';
import { MARK } from '#protocol/mark.ts';
import { MOST_IN_BATCH, packBatch } from '#protocol/slow-way.ts';
import { CLOSE, encodeUpdate } from '#protocol/sync.ts';
import type { Placed } from '#server/http/socket-doors.ts';
import { HallNetwork } from '../rig/hall-network.ts';
import { BOARD, SyncRig, until } from './sync-rig.ts';

const OVER_REQUESTS = RequestSocket as unknown as typeof WebSocket;

let rig: SyncRig;
let hasPlace: boolean;
let placed: Placed[];
beforeEach(async () => {
  hasPlace = true;
  placed = [];
  rig = await SyncRig.start({ originAllowed: ({ headers }) => headers.origin !== 'http://evil.test' });
  rig.serve((req, res) => {
    res.setHeader(MARK, '1');
    const enter = (way: Placed) => {
      if (hasPlace) placed.push(way);
      else res.writeHead(429).end();
      return hasPlace;
    };
    rig.sync.request(req, res, (req.url ?? '/').split('?', 1)[0] ?? '/', enter);
  });
});
afterEach(() => rig.close());

const list = (doc: Y.Doc) => doc.getArray<number>('words');
const post = (query: string, init: RequestInit = {}) =>
  fetch(`${rig.origin}/sync/${BOARD}?${query}`, { method: 'POST', ...init });
const open = async (seat: string) => (await post(`seat=${seat}`)).text();
const give = (way: string, batch: number, body: BodyInit, seat = 'aida') =>
  post(`seat=${seat}&way=${way}&give=${batch}`, { body });
const anEdit = () => {
  const doc = new Y.Doc();
  list(doc).push([1]);
  return encodeUpdate(Y.encodeStateAsUpdate(doc));
};
/** The code with which the server ended a way. */
async function endOf(way: string): Promise<number | null> {
  const bytes = Buffer.from(await (await post(`seat=aida&way=${way}&take=0&hold=0`)).arrayBuffer());
  const at = bytes.indexOf(Uint8Array.of(0x88));
  return at === -1 ? null : bytes.readUInt16BE(at + 2);
}

test('[Y76] over requests, with every second answer lost, words arrive once and in order, saved, and beside those of WebSockets', async () => {
  const network = new HallNetwork(rig.origin);
  await network.start();
  network.become({ sockets: 'refused', losesAnswersTo: /way=[^&]+&(?:give|take)=/ }); // of each way and kind
  const url = `${network.origin.replace('http', 'ws')}/sync`;
  const aida = rig.client('aida', { sockets: OVER_REQUESTS, url });
  const bolat = rig.client('bolat', { sockets: OVER_REQUESTS, url });
  const cholpon = rig.client('cholpon');
  const all = [aida, bolat, cholpon];
  for (const client of all) client.provider.connect();
  await until(() => all.every(({ provider }) => provider.synced), 'everybody has the document');
  for (let n = 0; n < 40; n += 1) {
    for (const [at, { doc }] of all.entries()) list(doc).push([at * 100 + n]);
    if (n % 8 === 0) await new Promise((resolve) => setTimeout(resolve, 40));
  }
  await until(() => all.every(({ acknowledgements }) => acknowledgements.unsaved === 0), 'everything is saved');
  await until(() => all.every(({ doc }) => list(doc).length === 120), 'everybody has everything');
  const [expected] = all.map(({ doc }) => list(doc).toArray());
  for (const { doc } of all) expect(list(doc).toArray()).toEqual(expected);
  for (const [at] of all.entries()) {
    const own = expected?.filter((value) => Math.floor(value / 100) === at);
    expect(own).toEqual(Array.from({ length: 40 }, (_, n) => at * 100 + n));
  }
  // 120 edits and an offer of each, and again only what was asked for after a socket was given up: no batch counted twice
  expect(rig.sync.stats().sync_frames_taken).toBeLessThan(130);
  expect(network.seen.filter((line) => line.includes('give=')).length).toBeGreaterThan(10);
  for (const client of all) client.destroy();
  await network.stop();
});

test('[Y76] a batch that is sent again is taken once; one that leaves others out ends the way', async () => {
  const way = await open('aida');
  const batch = packBatch([anEdit()]);
  expect((await give(way, 1, batch)).status).toBe(204);
  expect((await give(way, 1, batch)).status).toBe(204);
  await until(() => rig.sync.stats().sync_rows_stored === 1, 'the edit is stored');
  expect(rig.sync.stats().sync_frames_taken).toBe(1);
  expect((await give(way, 3, batch)).status).toBe(400);
  expect(await endOf(way)).toBe(CLOSE.malformed);
});

test('[Y76] what was said is said again until it is known to have come', async () => {
  const way = await open('aida');
  const first = Buffer.from(await (await post(`seat=aida&way=${way}&take=0`)).arrayBuffer());
  expect(first.length).toBeGreaterThan(10);
  const again = Buffer.from(await (await post(`seat=aida&way=${way}&take=0`)).arrayBuffer());
  expect(again.equals(first)).toBe(true);
  const half = Buffer.from(await (await post(`seat=aida&way=${way}&take=7`)).arrayBuffer());
  expect(half.equals(first.subarray(7))).toBe(true);
  expect((await post(`seat=aida&way=${way}&take=${first.length}&hold=0`)).status).toBe(204);
  expect((await post(`seat=aida&way=${way}&take=0`)).status).toBe(400); // that has come, it said
});

test('[Y77] each request has to come from the seat and the origin that may, and finds nothing otherwise', async () => {
  expect((await post('')).status).toBe(401);
  expect((await post('seat=aida', { headers: { origin: 'http://evil.test' } })).status).toBe(403);
  expect((await fetch(`${rig.origin}/sync/${BOARD}?seat=aida`)).status).toBe(405);
  rig.permissions.set('nosy', 'none');
  expect((await post('seat=nosy')).status).toBe(404);
  expect((await fetch(`${rig.origin}/sync/board/%2e%2e?seat=aida`, { method: 'POST' })).status).toBe(404);
  const way = await open('aida');
  const batch = packBatch([anEdit()]);
  expect((await give(way, 1, batch, 'bolat')).status).toBe(401);
  expect((await give(way, 1, batch, '')).status).toBe(401);
  expect((await give('guessed', 1, batch)).status).toBe(410);
  expect((await post(`seat=aida&way=${way}&take=0`, { headers: { origin: 'http://evil.test' } })).status).toBe(403);
  const elsewhere = `${rig.origin}/sync/board/room00002?seat=aida&way=${way}&take=0`;
  expect((await fetch(elsewhere, { method: 'POST' })).status).toBe(410);
  expect(rig.sync.stats().sync_frames_taken).toBe(0);
});

test('[Y77] rights and limits are those of a WebSocket: a reader’s words, a frame or a batch too large, nonsense, no place', async () => {
  rig.permissions.set('reader', 'read');
  const reader = rig.client('reader', { sockets: OVER_REQUESTS });
  reader.provider.connect();
  await until(() => reader.provider.synced, 'it reads');
  list(reader.doc).push([1]);
  await until(() => reader.refusals.length > 0, 'it is refused');
  rig.permissions.set('reader', 'none');
  await until(() => reader.closes.includes(CLOSE.notAllowed), 'it is sent away');

  const large = await open('aida');
  expect((await give(large, 1, new Uint8Array(MOST_IN_BATCH + 1))).status).toBe(413);
  expect(await endOf(large)).toBe(CLOSE.tooLarge);
  for (const nonsense of [Uint8Array.of(1), Uint8Array.of(255, 255, 255, 255, 0), new Uint8Array(4 * 501)]) {
    const way = await open('aida');
    expect((await give(way, 1, nonsense)).status).toBe(400);
    expect(await endOf(way)).toBe(CLOSE.malformed);
  }
  const malformed = await open('aida');
  expect((await give(malformed, 1, packBatch([Uint8Array.of(77, 1, 2)]))).status).toBe(204);
  await until(async () => (await endOf(malformed)) === CLOSE.malformed, 'a frame that cannot be read ends it');

  const way = await open('aida');
  const place = placed.at(-1);
  expect(place?.destroyed).toBe(false);
  expect((await post(`seat=aida&way=${way}&end`)).status).toBe(204);
  expect(place?.destroyed).toBe(true);
  hasPlace = false;
  expect((await post('seat=aida')).status).toBe(429);
});

test('[Y76] one batch at a time is awaited: a request that stalls is given up when another one comes', async () => {
  const way = await open('aida');
  const stalled = Array.from({ length: 20 }, () => {
    const req = request(`${rig.origin}/sync/${BOARD}?seat=aida&way=${way}&give=1`, {
      method: 'POST',
      headers: { 'content-length': MOST_IN_BATCH },
    });
    req.write(Buffer.alloc(1_000));
    return new Promise<void>((cut) => req.once('error', () => cut()));
  });
  await Promise.all(stalled.slice(0, -1));
  expect((await give(way, 1, packBatch([anEdit()]))).status).toBe(204);
  await Promise.all(stalled);
});
