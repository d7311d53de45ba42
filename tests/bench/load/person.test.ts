import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import * as Y from 'yjs';
import { encodeDurable, encodeStep2, encodeUpdate } from '#protocol/sync.ts';
import { Board } from './board.ts';
import { Person } from './person.ts';
import { Tally } from './tally.ts';

const done: (() => void)[] = [];
afterEach(() => done.splice(0).forEach((undo) => undo()));

/** A person on a board where somebody else, clientID 7, writes; the test plays the server. */
async function visit() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const board = new Board('board/one');
  const tally = new Tally();
  const other = { client: 7, sent: 0, sentAt: [] as number[] };
  board.add(other);
  const person = new Person({
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    headers: {},
    dialect: 'y-websocket',
    board,
    tally,
    onLost: () => undefined,
  });
  const [socket] = (await once(server, 'connection')) as [WebSocket];
  done.push(() => (person.leave(), server.close()));
  const updates: Uint8Array[] = [];
  const doc = new Y.Doc();
  doc.clientID = 7;
  doc.on('update', (update: Uint8Array) => updates.push(update));
  const write = (letters: string) => {
    for (const letter of letters) {
      doc.getText('items').insert(doc.getText('items').length, letter);
      other.sentAt[other.sent] = performance.now();
      other.sent += 1;
    }
  };
  return { socket, tally, board, person, updates, write, doc };
}

test('edits are counted once, merged or not, repeated or not', async () => {
  const { socket, tally, person, updates, write } = await visit();
  write('abcde');
  socket.send(encodeUpdate(updates[0]!));
  socket.send(encodeUpdate(Y.mergeUpdates(updates.slice(0, 3))));
  socket.send(encodeUpdate(Y.mergeUpdates(updates.slice(3))));
  socket.send(encodeUpdate(updates[1]!));
  socket.send(encodeStep2(Uint8Array.of(0, 0)));
  await expect.poll(() => person.isSynced).toBe(true);
  expect(tally.delivered).toBe(5);
  expect(tally.figures().p99).toBeGreaterThan(0);
});

test('a person is whole when SyncStep2 and everything sent before has come', async () => {
  const { socket, person, write, doc, updates } = await visit();
  write('abc');
  socket.send(encodeStep2(Uint8Array.of(0, 0)));
  await expect.poll(() => person.isSynced).toBe(true);
  expect([person.hasAll, person.took.whole]).toEqual([false, null]);
  socket.send(encodeUpdate(Y.mergeUpdates(updates.slice(0, 2))));
  socket.send(encodeUpdate(Y.encodeStateAsUpdate(doc)));
  await expect.poll(() => person.took.whole).not.toBeNull();
  expect(person.hasAll).toBe(true);
});

test("a person's own edits are V1 updates, are not counted as delivered, and are acknowledged by frames", async () => {
  const { socket, person, tally, board } = await visit();
  const echoed = new Y.Doc();
  let frames = 0;
  socket.on('message', (data: Buffer) => {
    if (data[1] !== 2) return;
    frames += 1;
    Y.applyUpdate(echoed, data.subarray(3));
    socket.send(data);
  });
  person.becomeWriter(false);
  person.type();
  person.type();
  person.type();
  await expect.poll(() => frames).toBe(3);
  expect(echoed.getText('items').toString()).toBe('abc');
  socket.send(encodeDurable(2, 1));
  await expect.poll(() => person.acknowledged).toBe(2);
  expect([tally.sent, tally.delivered, board.writers[1]?.sent]).toEqual([3, 0, 3]);
});
