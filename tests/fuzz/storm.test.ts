import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { DocumentName } from '#protocol/document-name.ts';
import { CLOSE } from '#protocol/sync.ts';
import { openStorage } from '#server/storage/open-storage.ts';
import { replay } from '#server/sync/replay.ts';
import { SyncClient } from '../integration/sync-client.ts';
import { until } from '../integration/sync-rig.ts';
import { Visitor } from '../integration/visitor.ts';
import { Seeded } from '../faults/seeded.ts';
import { slowness } from '../rig/pace.ts';
import { HostileFrames } from './hostile-frames.ts';
import { Target } from './target.ts';

const FRAMES = Number(process.env.FRAMES ?? 20_000);
const OVER_TCP = Math.ceil(Math.min(FRAMES / 10, 20_000));
const PER_BOARD = 5_000; // each stranger leaves a client in it, and every edit of the good ones counts them all
const GOOD = 5;

describe('a storm of damaged frames', { timeout: 900_000 + FRAMES }, () => {
  let target: Target;
  beforeAll(async () => {
    target = await Target.start();
  });
  afterAll(() => target.remove());

  test(`[Y7] ${FRAMES} damaged frames stop nothing: the good ones agree, nothing is pending, little is logged`, async () => {
    const random = new Seeded();
    const met: Record<string, number> = {};
    const add = (closes: Readonly<Record<string, number>>) => {
      for (const [code, times] of Object.entries(closes)) met[code] = (met[code] ?? 0) + times;
    };
    let sent = 0;
    let handled = 0;
    let slowest = 0;
    let over20 = 0;
    let edits = 0;
    const slowAgain: number[] = [];
    const boards: DocumentName[] = [];
    while (sent < FRAMES) {
      const document = `board/storm${String(boards.length).padStart(8, '0')}` as DocumentName;
      boards.push(document);
      const people = Array.from(
        { length: GOOD },
        (_, index) => new SyncClient(target.url, `good000${index}`, { document }),
      );
      await until(() => people.every(({ provider }) => provider.synced), 'the good ones are there');
      const typing = setInterval(() => {
        edits += 1;
        people[edits % GOOD]!.write(`${edits} `);
      }, 50);
      const left = FRAMES - sent;
      const isFirst = boards.length === 1;
      const overTcp = isFirst ? OVER_TCP : 0;
      if (isFirst) add(await attackOverTcp(target, document, OVER_TCP, random));
      const storm = await target.storm({
        document,
        frames: Math.min(PER_BOARD, left - overTcp),
        seed: random.between(0, 2 ** 31),
      });
      clearInterval(typing);
      add(storm.closes);
      sent += storm.sent + overTcp;
      handled += storm.handled;
      slowest = Math.max(slowest, storm.slowest);
      over20 += storm.over20;
      slowAgain.push(...storm.slowAgain);
      await until(() => people.every(({ isSaved }) => isSaved), 'everything of the good ones is saved');
      const state = (client: SyncClient) => Y.snapshot(client.doc);
      await until(
        () => people.every((client) => Y.equalSnapshots(state(client), state(people[0]!))),
        'the good ones hold the same',
      );
      expect(people[0]!.closes.filter((code) => code !== 1005)).toEqual([]);
      for (const { doc } of people) expect([doc.store.pendingStructs, doc.store.pendingDs]).toEqual([null, null]);
      for (const client of people) client.destroy();
    }
    expect(target.endedWith).toBeNull();
    expect(await target.stop()).toBe('0');
    const stored = await storedBoards(target, boards);
    console.log(
      `${sent} frames (${OVER_TCP} over TCP), ${handled} handled in the storm, ${edits} edits of ${GOOD} good clients on ${boards.length} boards, ` +
        `closes ${JSON.stringify(met)}, slowest ${slowest.toFixed(1)} ms, ${over20} over 20 ms (again: ${JSON.stringify(slowAgain)}), ` +
        `log ${target.said} bytes, rows ${stored.rows}, roots ${[...stored.roots].slice(0, 12).join(' ')}, seed ${random.seed}`,
    );
    if (target.said > 0) console.log(`it logged: ${target.firstWords.slice(0, 500)}`);
    expect(handled).toBeGreaterThan((sent - OVER_TCP) * 0.9);
    expect(met[CLOSE.malformed]).toBeGreaterThan(FRAMES / 100);
    expect(Math.max(0, ...slowAgain)).toBeLessThan(20 * slowness());
    expect(target.said).toBeLessThan(1_000_000);
    expect(stored.pending).toBe(0);
    expect(stored.afterTheEnd).toBe(0);
    expect(edits).toBeGreaterThan(0);
  });
});

async function attackOverTcp(target: Target, document: DocumentName, frames: number, random: Seeded) {
  const hostile = new HostileFrames(random);
  const closes: Record<string, number> = {};
  let sent = 0;
  let seats = 0;
  const attack = async () => {
    while (sent < frames) {
      // a seat of its own each time: what one seat may ask for is paced, and here the frames are to be met
      const visitor = new Visitor(`${target.url}/${document}?seat=hostile${String((seats += 1)).padStart(5, '0')}`);
      await visitor.entered();
      for (let burst = 0; burst < 10 && visitor.closedWith === null && sent < frames; burst += 1) {
        sent += 1;
        visitor.send(hostile.next());
        await visitor.handled();
      }
      const code = visitor.closedWith ?? 'own will';
      closes[code] = (closes[code] ?? 0) + 1;
      visitor.leave();
    }
  };
  await Promise.all(Array.from({ length: 8 }, () => attack()));
  return closes;
}

async function storedBoards({ dataDir }: Target, boards: readonly DocumentName[]) {
  const storage = await openStorage({ dataDir, databaseUrl: undefined });
  const found = { pending: 0, afterTheEnd: 0, rows: 0, roots: new Set<string>() };
  for (const board of boards) {
    const stored = await storage.documents.read(board);
    const doc = replay(board, stored);
    found.rows += stored.updates.length;
    if (doc.store.pendingStructs || doc.store.pendingDs) found.pending += 1;
    if (doc.getMap('items').has('after-the-end')) found.afterTheEnd += 1;
    for (const root of doc.share.keys()) found.roots.add(root);
    doc.destroy();
  }
  await storage.close();
  return found;
}
