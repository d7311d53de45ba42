import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { encodeStep2, encodeUpdate } from '#protocol/sync.ts';
import { BOARD, SyncRig, until } from './sync-rig.ts';
import type { SyncClient } from './sync-client.ts';
import { Visitor } from './visitor.ts';

let rig: SyncRig;
beforeEach(async () => {
  rig = await SyncRig.start();
});
afterEach(() => rig.close());

const PEOPLE = ['aida00001', 'bek000001', 'chyngyz01'] as const;

async function people(): Promise<SyncClient[]> {
  const clients = PEOPLE.map((seat) => rig.client(seat));
  await until(() => clients.every(({ isSaved }) => isSaved), 'everybody is there');
  return clients;
}

const settled = (clients: readonly SyncClient[]) =>
  until(
    () =>
      clients.every(({ isSaved }) => isSaved) &&
      clients.every(({ doc }) => Y.equalSnapshots(Y.snapshot(doc), Y.snapshot(clients[0]!.doc))),
    'everybody is saved and holds the same',
  );

/** Each does its own before anybody hears of another's. */
async function atOnce(clients: readonly SyncClient[], deed: (doc: Y.Doc, index: number) => void): Promise<void> {
  const open = rig.documents.hold();
  clients.forEach(({ doc }, index) => deed(doc, index));
  open();
  await settled(clients);
}

const record = (doc: Y.Doc) => doc.getMap<Y.Map<unknown>>('items').get('item0001')!;

async function boardWithItem(clients: readonly SyncClient[]): Promise<void> {
  const item = new Y.Map<unknown>();
  const body = new Y.XmlText();
  item.set('body', body);
  item.set('order', 'a0');
  clients[0]!.doc.getMap('items').set('item0001', item);
  body.insert(0, 'clean water for all');
  await settled(clients);
}

/** What the log itself says is deleted, against what every copy has deleted. */
async function impliedRanges(client: SyncClient): Promise<number> {
  const { updates } = await rig.storage.documents.read(BOARD);
  const said = new Set<string>();
  for (const update of updates) {
    const { ds, structs } = Y.decodeUpdate(update);
    for (const [id, ranges] of ds.clients) {
      for (const { clock, len } of ranges) for (let at = clock; at < clock + len; at += 1) said.add(`${id}:${at}`);
    }
    for (const struct of structs) if (struct.deleted) said.add(`${struct.id.client}:${struct.id.clock}`);
  }
  let implied = 0;
  for (const [id, ranges] of Y.snapshot(client.doc).ds.clients) {
    for (const { clock, len } of ranges) {
      for (let at = clock; at < clock + len; at += 1) implied += said.has(`${id}:${at}`) ? 0 : 1;
    }
  }
  return implied;
}

const rows = async () => (await rig.storage.documents.read(BOARD)).seq;

async function expectAcknowledgedReaders(clients: readonly SyncClient[]): Promise<void> {
  const before = await rows();
  for (const seat of [...PEOPLE, 'peer00001']) rig.permissions.set(seat, 'read');
  await until(() => clients.every(({ hellos }) => hellos.at(-1)?.readOnly), 'everybody is told');
  await until(() => clients.every(({ isSaved }) => isSaved), 'everybody is acknowledged on the open socket');
  const sockets = clients.map(({ hellos }) => hellos.length);
  for (const { provider } of clients) {
    provider.disconnect();
    provider.connect();
  }
  await until(() => clients.every(({ hellos }, index) => hellos.length > sockets[index]!), 'everybody is back');
  await until(() => clients.every(({ isSaved, durable }) => isSaved && durable > 0), 'and is acknowledged again');
  const visitor = new Visitor(`${rig.url}/${BOARD}?seat=peer00001`);
  await visitor.entered();
  visitor.send(encodeStep2(Y.encodeStateAsUpdate(clients[1]!.doc)));
  await until(() => visitor.durable === 1, 'and so is who sends it without a library');
  visitor.leave();
  expect(clients.map(({ refusals }) => refusals)).toEqual(clients.map(() => []));
  expect(await rows()).toBe(before);
}

describe('what Yjs deletes by itself', () => {
  test('[Y60] of one key that several set at once: readers are acknowledged, and nothing is stored', async () => {
    const clients = await people();
    await boardWithItem(clients);
    await atOnce(clients, (doc, index) => record(doc).set('order', `a${index + 1}`));
    expect(await impliedRanges(clients[0]!)).toBeGreaterThan(0);
    await expectAcknowledgedReaders(clients);
  });

  test('[Y60] of what was written into something that somebody deleted', async () => {
    const clients = await people();
    await boardWithItem(clients);
    await atOnce(clients, (doc, index) => {
      if (index === 0) doc.getMap('items').delete('item0001');
      else (record(doc).get('body') as Y.XmlText).insert(0, `words of ${index} `);
    });
    expect(await impliedRanges(clients[0]!)).toBeGreaterThan(0);
    await expectAcknowledgedReaders(clients);
  });

  test('[Y60] of marks that say nothing any more: a reader who tidies up after others is acknowledged', async () => {
    rig.permissions.set('reader001', 'read');
    const everybody = await people();
    const [author] = everybody;
    await boardWithItem([author!]);
    const copies = [0, 1].map(() => {
      const copy = new Y.Doc();
      Y.applyUpdate(copy, Y.encodeStateAsUpdate(author!.doc));
      return copy;
    });
    const reader = rig.client('reader001');
    await until(() => reader.isSaved, 'the reader is there');
    const before = reader.acknowledgements.acknowledged;
    // nobody but the reader has the whole: what it tidies up, no writer tells of
    for (const client of everybody) client.destroy();
    const writers = PEOPLE.slice(0, 2).map((seat) => new Visitor(`${rig.url}/${BOARD}?seat=${seat}`));
    const open = rig.documents.hold();
    for (const [index, writer] of writers.entries()) {
      const copy = copies[index]!;
      await writer.entered();
      copy.on('update', (update: Uint8Array) => writer.send(encodeUpdate(update)));
      (record(copy).get('body') as Y.XmlText).format(0, 11, { strong: {} });
    }
    open();
    await until(() => writers.every(({ durable }) => durable === 1), 'both formats are stored');
    await until(() => reader.acknowledgements.acknowledged > before, 'the reader has told that it tidied up');
    await until(() => reader.isSaved, 'and is acknowledged');
    reader.provider.disconnect();
    reader.provider.connect();
    await until(() => reader.isSaved && reader.durable > 0, 'with its whole copy too');
    expect(reader.refusals).toEqual([]);
    for (const writer of writers) writer.leave();
  });

  test('[Y60] nothing else: a reader’s own deletion is refused, in a change and in a whole copy', async () => {
    const clients = await people();
    await boardWithItem(clients);
    await atOnce(clients, (doc, index) => record(doc).set('order', `a${index + 1}`));
    rig.permissions.set('peer00001', 'read');
    const before = await rows();
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(clients[0]!.doc));
    let change = new Uint8Array();
    copy.on('update', (update: Uint8Array) => (change = new Uint8Array(update)));
    (record(copy).get('body') as Y.XmlText).format(0, 5, { em: {} });
    const withNews = encodeUpdate(change);
    (record(copy).get('body') as Y.XmlText).delete(0, 1);
    const visitor = new Visitor(`${rig.url}/${BOARD}?seat=peer00001`);
    await visitor.entered();
    visitor.send(withNews, encodeUpdate(change), encodeStep2(Y.encodeStateAsUpdate(copy)));
    visitor.send(encodeStep2(Y.encodeStateAsUpdate(clients[0]!.doc)));
    await until(() => visitor.refusals.length === 3, 'all three are refused');
    expect(visitor.refusals).toEqual([1, 2, 3].map((frame) => ({ frame, code: 2 })));
    expect(visitor.durable).toBe(0);
    expect(await rows()).toBe(before);
    visitor.leave();
  });

  test('[Y60] a writer’s whole copy is stored at most once for it', async () => {
    const clients = await people();
    await boardWithItem(clients);
    await atOnce(clients, (doc, index) => record(doc).set('order', `a${index + 1}`));
    const before = await rows();
    for (let time = 0; time < 3; time += 1) {
      for (const client of clients) {
        client.provider.disconnect();
        client.provider.connect();
        await until(() => client.isSaved && client.durable > 0, 'acknowledged');
      }
    }
    expect((await rows()) - before).toBeLessThanOrEqual(1);
  });
});
