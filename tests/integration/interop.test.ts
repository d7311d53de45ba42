import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { ItemId, SeatId } from '#domain/ids.ts';
import type { DocumentName } from '#protocol/document-name.ts';
import { addItem } from '#protocol/board/edit.ts';
import { readBoard } from '#protocol/board/read.ts';
import { textOfBlocks } from '#domain/languages/text.ts';
import { stepIdAt } from '#domain/script/step.ts';
import { MemoryHall } from '../fuzz/memory-hall.ts';
import { turns } from '../fuzz/board-session.ts';
import { HallOfSeats, NORTH } from './hall-of-seats.ts';
import { ProtocolPeer } from './protocol-peer.ts';
import { SyncClient } from './sync-client.ts';
import { until } from './sync-rig.ts';

const BOARD = `board/${NORTH}` as DocumentName;

describe('clients that know nothing of ours', () => {
  let hall: HallOfSeats;
  const open: { destroy(): void }[] = [];
  beforeAll(async () => {
    hall = await HallOfSeats.open();
    await hall.command({ kind: 'startStep', step: stepIdAt(1) });
  });
  afterEach(() => {
    for (const each of open.splice(0)) each.destroy();
    vi.restoreAllMocks();
  });
  afterAll(() => hall.close());

  test('[Y28] a stock y-websocket provider and a bare y-protocols peer with seats write one board with us', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined); // a stock client says that it does not know 100–102
    const seats = await Promise.all([1, 2, 3].map(() => hall.seat('participant', { room: NORTH })));
    const headers = seats.map(({ cookie }) => ({ cookie, origin: hall.origin }));
    const url = `${hall.origin.replace('http', 'ws')}/sync`;

    const ours = new SyncClient(url, null, { document: BOARD, headers: headers[0]! });
    const stock = new WebsocketProvider(url, BOARD, new Y.Doc(), {
      disableBc: true,
      WebSocketPolyfill: withHeaders(headers[1]!),
    });
    const peer = new ProtocolPeer(`${url}/${BOARD}`, headers[2]!);
    open.push(ours, stock, { destroy: () => peer.close() });
    const docs = [ours.doc, stock.doc, peer.doc];
    const awarenesses = [ours.provider.awareness, stock.awareness, peer.awareness];

    await until(() => ours.provider.synced && stock.synced, 'both providers are synced');
    for (let round = 0; round < 20; round += 1) {
      docs.forEach((doc, index) => {
        const words = `from ${index} in round ${round}`;
        const item = { id: `item${index}x${round}` as ItemId, theme: null, lang: 'en' };
        const blocks = [{ kind: 'paragraph', lang: 'en', runs: [{ text: words }] }] as const;
        addItem(doc, { ...item, blocks }, { seat: seats[index]!.seat, at: round });
      });
      await new Promise(setImmediate);
    }
    const texts = (doc: Y.Doc) => readBoard(doc).loose.map(({ blocks }) => textOfBlocks(blocks));
    await until(() => docs.every((doc) => texts(doc).length === 60), 'everybody has everything');
    expect(texts(docs[1]!)).toEqual(texts(docs[0]!));
    expect(texts(docs[2]!)).toEqual(texts(docs[0]!));
    await until(() => ours.isSaved, 'ours is saved');
    const stored = await hall.services.sync.read(BOARD);
    for (const doc of docs) expect(Y.equalSnapshots(Y.snapshot(doc), Y.snapshot(stored))).toBe(true);

    stock.awareness.setLocalState({ user: { name: 'stock' }, item: 'item1x0' });
    peer.awareness.setLocalState({ user: { name: 'peer' }, item: 'item2x0' });
    ours.provider.awareness.setLocalState({ item: 'item0x0' });
    const expected = seats.map(({ seat }, index) => ({ seat, item: `item${index}x0` }));
    const others = (index: number) => expected.filter((_state, at) => at !== index);
    await until(() => awarenesses.every((each, index) => same(othersIn(each), others(index))), 'all see the others');

    stock.destroy();
    await until(() => [0, 2].every((index) => othersIn(awarenesses[index]!).length === 1), 'who leaves is gone');
    expect(ours.closes).toEqual([]);
  });
});

describe('a quiet room', () => {
  afterAll(() => void vi.useRealTimers());

  test('[Y28] says something at least every 25 s, and keeps whoever answers', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'] });
    const hall = await MemoryHall.open();
    const { socket } = hall.net.open(hall.url(BOARD, 'seat0001'));
    const heard: number[] = [];
    let pings = 0;
    socket.on('message', () => heard.push(Date.now()));
    socket.on('ping', () => (pings += 1));
    await turns(hall, 5);
    const begin = Date.now();
    await turns(hall, 5 * 60, 1_000);
    const gaps = heard.map((at, index) => at - (heard[index - 1] ?? begin));
    console.log(
      `5 quiet minutes: ${heard.length} messages, ${pings} pings, the longest silence ${Math.max(...gaps)} ms`,
    );
    expect(socket.readyState).toBe(WebSocket.OPEN);
    expect(heard.filter((at) => at > begin).length).toBeGreaterThan(10);
    expect(Math.max(...gaps, Date.now() - heard.at(-1)!)).toBeLessThanOrEqual(25_000);
    socket.terminate();
    vi.useRealTimers();
    await hall.close();
  });
});

const othersIn = (awareness: Awareness): { seat: SeatId; item: string }[] =>
  [...awareness.getStates()]
    .filter(([id]) => id !== awareness.clientID)
    .map(([, state]) => state as { seat: SeatId; item: string });

const same = (found: readonly unknown[], expected: readonly unknown[]): boolean => {
  const sorted = (list: readonly unknown[]) => list.map((each) => JSON.stringify(each)).sort();
  return sorted(found).join() === sorted(expected).join();
};

function withHeaders(headers: Record<string, string>): typeof globalThis.WebSocket {
  return class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols, { headers });
    }
  } as unknown as typeof globalThis.WebSocket;
}
