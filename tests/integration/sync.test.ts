import * as encoding from 'lib0/encoding';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import type { SeatId } from '#domain/ids.ts';
import { CLOSE, REFUSAL_CODES, REFUSED, SYNC, SYNC_UPDATE, encodeUpdate } from '#protocol/sync.ts';
import type { SyncClient } from './sync-client.ts';
import { BOARD, SyncRig, until } from './sync-rig.ts';

let rig: SyncRig;
beforeEach(async () => {
  rig = await SyncRig.start();
});
afterEach(() => rig.close());

const synced = (...clients: SyncClient[]) =>
  until(() => clients.every(({ provider }) => provider.synced), 'all clients synced');
const saved = (...clients: SyncClient[]) => until(() => clients.every(({ isSaved }) => isSaved), 'all clients saved');
const equal = (clients: SyncClient[], length: number) =>
  until(
    () => new Set(clients.map(({ content }) => content)).size === 1 && clients[0]!.content.length === length,
    `all clients hold the same ${length} characters`,
  );
const stored = async () => (await rig.storage.documents.read(BOARD)).seq;

describe('convergence', () => {
  test('[Y1] clients that type at the same time end with the same text, and so does the disk', async () => {
    const clients = ['seat0001', 'seat0002', 'seat0003', 'seat0004'].map((seat) => rig.client(seat));
    await synced(...clients);
    for (let round = 0; round < 25; round += 1) {
      for (const client of clients) client.text.insert(round % (client.text.length + 1), 'x');
      await new Promise(setImmediate);
    }
    await equal(clients, 100);
    await saved(...clients);
    const copy = await rig.sync.read(BOARD);
    expect(copy.getText('text').toString()).toBe(clients[0]!.content);
    const late = rig.client('seat0005');
    await equal([...clients, late], 100);
    expect(Y.equalSnapshots(Y.snapshot(late.doc), Y.snapshot(copy))).toBe(true);
  });

  test('[Y1] edits made offline, deletions among them, arrive after the return', async () => {
    const [first, second] = [rig.client('seat0001'), rig.client('seat0002')];
    await synced(first, second);
    first.write('one two');
    await equal([first, second], 7);
    await saved(first); // its receipt and the other's copy come over two sockets
    first.provider.disconnect();
    first.text.delete(0, 4);
    first.write(' three');
    expect(first.acknowledgements.unsaved).toBe(3 - 1);
    second.write('!');
    await saved(second);
    first.provider.connect();
    await saved(first);
    await equal([first, second], 'two three!'.length);
  });

  test('[Y2] many edits of one turn are stored in few commits', async () => {
    const clients = Array.from({ length: 8 }, (_, index) => rig.client(`seat000${index}`));
    await synced(...clients);
    await saved(...clients);
    const before = rig.documents.appends;
    const release = rig.documents.hold();
    for (const client of clients) for (let edit = 0; edit < 10; edit += 1) client.write('x');
    await until(() => rig.sync.stats().sync_frames_taken === 80, 'the next batch gathers while one commits');
    expect(rig.documents.appends - before).toBe(1);
    release();
    await saved(...clients);
    expect(await stored()).toBe(80);
    expect(rig.documents.appends - before).toBeLessThanOrEqual(2);
  });
});

describe('durable before visible', () => {
  test('[Y2] while a commit is held nothing is shown and nothing acknowledged', async () => {
    const [author, observer] = [rig.client('seat0001'), rig.client('seat0002')];
    await synced(author, observer);
    await saved(author, observer);
    const before = author.durable;
    const release = rig.documents.hold();
    author.write('secret until stored');
    await until(() => rig.documents.appends > 0, 'the commit has begun');
    const newcomer = rig.client('seat0003');
    await synced(newcomer);
    const copy = await rig.sync.read(BOARD);
    expect(copy.getText('text').length).toBe(0);
    expect([observer.content, newcomer.content]).toEqual(['', '']);
    expect(author.durable).toBe(before);
    expect(author.isSaved).toBe(false);
    release();
    await equal([author, observer, newcomer], 19);
    await saved(author);
    expect(await stored()).toBe(1);
  });

  test('[Y3] a failed commit shows nothing, says “not stored”, and everything is stored when the disk is back', async () => {
    const [author, observer] = [rig.client('seat0001'), rig.client('seat0002')];
    await synced(author, observer);
    rig.documents.fail('disk full');
    author.write('first ');
    await until(() => author.refusals.length > 0, 'the author was told');
    expect(author.refusals[0]!.code).toBe(REFUSAL_CODES.notStored);
    expect(rig.sync.healthy).toBe(false);
    author.write('second');
    await until(() => author.refusals.length > 1, 'later edits are refused too');
    expect([observer.content, (await rig.sync.read(BOARD)).getText('text').toString()]).toEqual(['', '']);
    expect(author.acknowledgements.unsaved).toBe(2);
    expect(await stored()).toBe(0);
    rig.documents.fail(null);
    await equal([author, observer], 12);
    await saved(author);
    expect(rig.sync.healthy).toBe(true);
  });

  test('[Y3] a commit that failed after it was stored is found again, and nothing is stored twice', async () => {
    const [author, observer] = [rig.client('seat0001'), rig.client('seat0002')];
    await synced(author, observer);
    rig.documents.fail('the answer was lost', { afterCommit: true });
    author.write('once');
    await until(() => author.refusals.length > 0, 'the author was told');
    rig.documents.fail(null);
    await equal([author, observer], 4);
    await saved(author);
    author.write(' more');
    await saved(author);
    expect(await stored()).toBe(2);
  });

  test('[Y3] the server’s own edit rejects when it is not stored, and is shown when it is', async () => {
    const observer = rig.client('seat0002');
    await synced(observer);
    rig.documents.fail('disk full');
    const edit = () => rig.sync.edit(BOARD, null, (doc) => doc.getText('text').insert(0, 'moved'));
    await expect(edit()).rejects.toThrow('not stored');
    rig.documents.fail(null);
    await until(() => rig.sync.healthy, 'storage is back');
    await edit();
    await rig.sync.edit(BOARD, null, (doc) => doc.getText('text').insert(0, 're'));
    await until(() => observer.content === 'removed', 'the observer sees both edits');
    expect(await stored()).toBe(2);
  });
});

describe('permission', () => {
  test('[Y4] a reader’s edit is refused and reaches nobody; allowed again, it is taken', async () => {
    rig.permissions.set('seat0001', 'read');
    const [reader, writer] = [rig.client('seat0001'), rig.client('seat0002')];
    await synced(reader, writer);
    expect(reader.hellos.at(-1)!.readOnly).toBe(true);
    reader.write('not allowed');
    await until(() => reader.refusals.length > 0, 'the reader was told');
    expect(reader.refusals[0]!.code).toBe(REFUSAL_CODES.notAllowed);
    writer.write('fine');
    await until(() => reader.content.includes('fine'), 'the reader still reads');
    expect(writer.content).toBe('fine');
    expect(reader.acknowledgements.unsaved).toBe(1);
    rig.permissions.set('seat0001', 'write');
    await saved(reader);
    await equal([reader, writer], 15);
    expect(reader.hellos.at(-1)!.readOnly).toBe(false);
  });

  test('[Y4] a reader who repeats known deletions on reconnecting is not refused', async () => {
    const writer = rig.client('seat0002');
    await synced(writer);
    writer.write('abc');
    writer.text.delete(0, 2);
    await saved(writer);
    rig.permissions.set('seat0001', 'read');
    const reader = rig.client('seat0001');
    await equal([reader, writer], 1);
    reader.provider.disconnect();
    reader.provider.connect();
    await saved(reader);
    expect(reader.refusals).toEqual([]);
  });

  test('[Y4] access that drops to none closes the open socket with 4403, and it stays closed', async () => {
    const [removed, other] = [rig.client('seat0001'), rig.client('seat0002')];
    await synced(removed, other);
    rig.permissions.set('seat0001', 'none');
    await until(() => removed.closes.includes(CLOSE.notAllowed), 'closed with 4403');
    expect(removed.provider.shouldConnect).toBe(false);
    other.write('unseen');
    await saved(other);
    expect(removed.content).toBe('');
    expect(rig.sync.people(BOARD)).toEqual(['seat0002']);
  });

  test.each([
    ['no seat', '/board/room00001', {}, 401],
    ['a seat without access', '/board/room00001?seat=stranger', {}, 404],
    ['an unknown document', '/draft/seat00001?seat=seat0001', {}, 404],
    ['a name that is not canonical', '/board/ROOM00001?seat=seat0001', {}, 404],
    ['an encoded slash', '/board%2Froom00001?seat=seat0001', {}, 404],
    ['a foreign origin', '/board/room00001?seat=seat0001', { origin: 'https://elsewhere.example' }, 403],
  ])('[Y5] %s is turned away before the socket opens', async (_title, path, headers, status) => {
    rig.permissions.set('stranger', 'none');
    const socket = new WebSocket(rig.url + path, { headers });
    socket.on('error', () => undefined);
    const answered = await new Promise((resolve) => {
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode));
      socket.on('open', () => resolve('open'));
    });
    socket.terminate();
    expect(answered).toBe(status);
  });

  test('[Y6] words under another seat’s clientID are refused, and their owner keeps writing', async () => {
    const [owner, thief] = [rig.client('seat0001'), rig.client('seat0002')];
    await synced(owner, thief);
    owner.write('mine');
    await equal([owner, thief], 4);
    thief.doc.clientID = owner.doc.clientID;
    thief.write(' stolen');
    await until(() => thief.refusals.length > 0, 'the thief was refused');
    expect(thief.refusals[0]!.code).toBe(REFUSAL_CODES.notAllowed);
    owner.write(' still');
    await saved(owner);
    expect((await rig.sync.read(BOARD)).getText('text').toString()).toBe('mine still');
  });
});

describe('frames', () => {
  const update = (write: (doc: Y.Doc) => void) => {
    const doc = new Y.Doc();
    write(doc);
    return Y.encodeStateAsUpdate(doc);
  };
  const truncated = encodeUpdate(update((doc) => doc.getText('text').insert(0, 'hello')).slice(0, -4));
  const withTail = Uint8Array.of(...encodeUpdate(new Uint8Array([0, 0])), 7);
  const subdocument = encodeUpdate(update((doc) => doc.getMap('map').set('sub', new Y.Doc())));

  test.each([
    ['an empty frame', new Uint8Array()],
    ['an unknown type', Uint8Array.of(42, 1, 2)],
    ['text', 'hello'],
    ['a truncated update', truncated],
    ['bytes behind the update', withTail],
    ['a document inside the document', subdocument],
    ['a length that is not there', Uint8Array.of(SYNC, SYNC_UPDATE, 255, 255, 3)],
  ])('[Y7] %s closes the socket with 1007 and changes nothing', async (_title, frame) => {
    const good = rig.client('seat0002');
    await synced(good);
    const socket = new WebSocket(`${rig.url}/${BOARD}?seat=seat0001`);
    const closed = new Promise((resolve) => socket.on('close', (code, reason) => resolve(`${code} ${String(reason)}`)));
    await new Promise((resolve) => socket.on('open', resolve));
    socket.send(frame);
    expect(await closed).toBe(`${CLOSE.malformed} malformed frame`);
    good.write('fine');
    await saved(good);
    expect(await stored()).toBe(1);
  });

  test('[Y7] a frame above the limit closes with 1009', async () => {
    const socket = new WebSocket(`${rig.url}/${BOARD}?seat=seat0001`);
    const closed = new Promise((resolve) => socket.on('close', resolve));
    await new Promise((resolve) => socket.on('open', resolve));
    socket.send(new Uint8Array(1_000_001));
    expect(await closed).toBe(CLOSE.tooLarge);
  });

  test('[Y8] an edit that builds on what the server lacks is not stored; its author is asked for the rest', async () => {
    const client = rig.client('seat0001');
    await synced(client);
    await saved(client);
    const doc = new Y.Doc();
    const frames: Uint8Array[] = [];
    doc.on('update', (bytes: Uint8Array) => frames.push(bytes));
    doc.getText('text').insert(0, 'a');
    doc.getText('text').insert(1, 'b');
    const socket = new WebSocket(`${rig.url}/${BOARD}?seat=seat0002`);
    const received: Uint8Array[] = [];
    socket.on('message', (data) => received.push(data as Buffer));
    await new Promise((resolve) => socket.on('open', resolve));
    const asked = () => received.filter(([type, kind]) => type === SYNC && kind === 0).length;
    await until(() => asked() === 1, 'the server asks what the client has');
    socket.send(encodeUpdate(frames[1]!));
    await until(() => asked() === 2, 'it asks again');
    expect(received.filter(([type]) => type === REFUSED)).toEqual([Buffer.of(REFUSED, 1, REFUSAL_CODES.notStored)]);
    expect(await stored()).toBe(0);
    socket.terminate();
  });

  test('[Y9] a client that sends far too fast is slowed down and loses nothing', async () => {
    const [fast, observer] = [rig.client('seat0001'), rig.client('seat0002')];
    await synced(fast, observer);
    for (let edit = 0; edit < 460; edit += 1) fast.write('x');
    await equal([fast, observer], 460);
    await saved(fast);
  });
});

describe('lineage', () => {
  test('[Y10] a copy of another lineage is told so, closed with 4409 and never merged', async () => {
    const current = rig.client('seat0001');
    await synced(current);
    const { lineage } = current.hellos[0]!;
    const other = rig.client('seat0002', { lineage: 'of-a-restored-backup' });
    other.write('from before');
    await until(() => other.closes.includes(CLOSE.lineageChanged), 'closed with 4409');
    expect(other.hellos.map((hello) => hello.lineage)).toEqual([lineage]);
    expect(other.provider.shouldConnect).toBe(false);
    const same = rig.client('seat0003', { lineage });
    await synced(same);
    expect(await stored()).toBe(0);
  });
});

describe('presence', () => {
  const seats = (client: SyncClient) =>
    [...client.provider.awareness.getStates()]
      .filter(([id]) => id !== client.doc.clientID)
      .map(([, state]) => state.seat as SeatId)
      .sort();

  test('[Y11] others see the seat the server vouches for, the cursor, and nothing else a client claims', async () => {
    const [one, two] = [rig.client('seat0001'), rig.client('seat0002')];
    await until(() => seats(one).length === 1 && seats(two).length === 1, 'they see each other');
    const position = Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(one.text, 0));
    one.provider.awareness.setLocalState({
      seat: 'seat0002',
      name: 'forged',
      item: 'item0001',
      cursor: { anchor: position, head: position, extra: 1 },
    });
    const seen = () => two.provider.awareness.getStates().get(one.doc.clientID)!;
    await until(() => seen().item === 'item0001', 'the change arrived');
    expect(Object.keys(seen()).sort()).toEqual(['cursor', 'item', 'seat']);
    expect(seen().seat).toBe('seat0001');
    expect(Object.keys(seen().cursor as object).sort()).toEqual(['anchor', 'head']);
    const cursor = seen().cursor as { anchor: object };
    expect(Y.createRelativePositionFromJSON(cursor.anchor).tname).toBe('text');
  });

  test('[Y11] nobody can speak for, or remove, another seat’s presence', async () => {
    const [one, two] = [rig.client('seat0001'), rig.client('seat0002')];
    await until(() => seats(two).length === 1, 'they see each other');
    const socket = new WebSocket(`${rig.url}/${BOARD}?seat=seat0003`);
    await new Promise((resolve) => socket.on('open', resolve));
    for (const state of ['null', '{"item":"forged"}']) {
      const entry = encoding.createEncoder();
      encoding.writeVarUint(entry, 1);
      encoding.writeVarUint(entry, one.doc.clientID);
      encoding.writeVarUint(entry, 2 ** 40);
      encoding.writeVarString(entry, state);
      const frame = encoding.createEncoder();
      encoding.writeVarUint(frame, 1);
      encoding.writeVarUint8Array(frame, encoding.toUint8Array(entry));
      socket.send(encoding.toUint8Array(frame));
    }
    one.provider.awareness.setLocalStateField('item', 'item0002');
    await until(() => two.provider.awareness.getStates().get(one.doc.clientID)?.item === 'item0002', 'the real one');
    expect(seats(two)).toEqual(['seat0001']);
    socket.terminate();
  });

  test('[Y11] who closes the tab is gone for the others, and back after reconnecting', async () => {
    const [one, two] = [rig.client('seat0001'), rig.client('seat0002')];
    await until(() => seats(two).length === 1, 'they see each other');
    one.provider.disconnect();
    await until(() => seats(two).length === 0, 'gone');
    one.provider.awareness.setLocalState({ item: 'item0001' });
    one.provider.connect();
    await until(() => seats(two).length === 1, 'back');
  });
});

describe('restart', () => {
  test('[Y16] a server that stops sends everybody away with 1012 after it stored what they had sent', async () => {
    const clients = ['seat0001', 'seat0002', 'seat0003'].map((seat) => rig.client(seat));
    await synced(...clients);
    for (const client of clients) client.write('last words ');
    await until(() => rig.sync.stats().sync_frames_taken === 3, 'the server has them');
    await rig.sync.close();
    await until(() => clients.every(({ closes }) => closes.includes(CLOSE.restarting)), 'all were closed with 1012');
    expect(await stored()).toBe(3);
    expect(rig.sync.healthy).toBe(false);
    expect(clients.map(({ provider }) => provider.shouldConnect)).toEqual([true, true, true]);
  });
});
