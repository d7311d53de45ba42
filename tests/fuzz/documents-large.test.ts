import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Board } from '#domain/board/board.ts';
import type { DocumentName } from '#protocol/document-name.ts';
import { Documents } from '#server/documents/documents.ts';
import { updateToEqual } from '#server/history/replayer.ts';
import { longestTurn, slowness } from '../rig/pace.ts';
import { commit, deeds, INTACT, plant } from './hostile-values.ts';

const MEGABYTES = Number(process.env.LARGE_MB ?? 8);
const LOOP = 100; // ms of the processor that one turn of the event loop may take, at the best of some tries
const MEMORY = 256; // MB of this process
const TRIES = 5;
const ROOTS = new Set(['themes', 'items']);

const item = (id: string, index: number, words: string, merged: string | null) => (doc: Y.Doc) => {
  const body = new Y.XmlFragment();
  const entries: [string, unknown][] = [['body', body], ['merged', merged], ['at', index + 2_000]]; // prettier-ignore
  doc.getMap('items').set(id, new Y.Map(entries));
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText(words)]);
  body.insert(0, [paragraph]);
};

/** What somebody may have filled a board with before anybody looked. */
const FILLED: Record<string, (doc: Y.Doc) => void> = {
  'five thousand items, in chains of merges': (doc) => {
    const words = 'x'.repeat((MEGABYTES * 1e6) / 5_100);
    for (let index = 0; index < 4_990; index += 1) {
      item(`i${index}`, index, words, index % 1_000 ? `i${index - 1}` : null)(doc);
    }
  },
  'text in a root that nobody reads': (doc) => {
    for (let size = 0; size < MEGABYTES; size += 1) doc.getText('junk').insert(0, 'y'.repeat(1e6));
  },
  'small values in a root that nobody reads': (doc) => {
    for (let index = 0; index < MEGABYTES * 28_000; index += 1) doc.getMap('junk').set(`k${index}`, 'zzzzzzzzzzzzzzzz');
  },
};

/** Every part of a document that is built goes through this; a spy would keep what it saw. */
let built = 0;
const integrate = Reflect.get(Y.Item.prototype, 'integrate') as typeof Y.Item.prototype.integrate;
Y.Item.prototype.integrate = function (...args) {
  built += 1;
  return integrate.apply(this, args);
};

/** The longest turn of the loop, and how far memory went above what it was. */
async function measured<T>(work: () => Promise<T>): Promise<{ value: T; longest: number; memory: number }> {
  const before = process.memoryUsage.rss();
  let peak = before;
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 5);
  const turn = await longestTurn(work);
  clearInterval(timer);
  return { ...turn, memory: (peak - before) / 1e6 };
}

test.each(Object.entries(FILLED))(`[B68] %s, ${MEGABYTES} MB: read and restored beside the loop`, async (_, fill) => {
  const doc = new Y.Doc();
  plant(doc);
  const before = Y.encodeStateAsUpdate(doc);
  doc.transact(() => fill(doc));
  const whole = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  expect(whole.length).toBeGreaterThan(MEGABYTES * 0.9e6);
  const best = { loop: Infinity, memory: 0 };
  for (let tried = 0; tried < TRIES && best.loop > LOOP; tried += 1) {
    const documents = new Documents(() => Promise.resolve({ lineage: 'l', seq: 1, bytes: () => whole }));
    const slow = slowness();
    built = 0;
    const read = await measured(() => documents.board('board/large' as DocumentName));
    const update = await measured(() => updateToEqual({ whole, version: before, client: 7, roots: ROOTS }));
    documents.close();
    expect(built, 'parts of it were built here').toBe(0);
    const longest = Math.max(read.longest, update.longest);
    best.loop = Math.min(best.loop, longest / Math.max(slow, slowness()));
    best.memory = Math.max(best.memory, read.memory, update.memory);
    const board = JSON.parse(new TextDecoder().decode(read.value.json)) as Board;
    expect(board.themes.find(({ id }) => id === INTACT.theme)?.items.map(({ id }) => id)).toEqual([INTACT.item]);
    if (update.value) {
      const restored = Y.mergeUpdates([whole, update.value]);
      expect(restored.length).toBeLessThan(whole.length + 1_000_000);
    }
  }
  console.log(
    `${(whole.length / 1e6).toFixed(0)} MB: loop ${best.loop.toFixed(0)} ms, memory +${best.memory.toFixed(0)} MB`,
  );
  expect(best.loop).toBeLessThan(LOOP);
  expect(best.memory).toBeLessThan(MEMORY);
});

test('[B68] 100 documents of arbitrary values are read, and nothing of them is built on the loop', async () => {
  const all = fc.sample(deeds, 100).map((done) => {
    const doc = new Y.Doc();
    plant(doc);
    for (const deed of done) commit(doc, deed);
    return Y.encodeStateAsUpdate(doc);
  });
  let asked = 0;
  const documents = new Documents(() => Promise.resolve({ lineage: 'l', seq: 1, bytes: () => all[asked]! }));
  built = 0;
  for (; asked < all.length; asked += 1) {
    const { json } = await documents.board(`board/read${String(asked).padStart(8, '0')}` as DocumentName);
    expect(new TextDecoder().decode(json)).toContain(INTACT.item);
  }
  expect([built, documents.readings]).toEqual([0, all.length]);
  documents.close();
});
