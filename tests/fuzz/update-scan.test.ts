import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { joinUpdates } from '#protocol/update/join.ts';
import { scanStored, scanUpdate } from '#protocol/update/scan.ts';
import { splitUpdate } from '#protocol/update/split.ts';
import { DocumentLog } from '#server/sync/document-log.ts';
import { newsOf } from '#server/sync/news.ts';
import { putDown } from '#server/sync/placement.ts';
import { Seeded } from '../faults/seeded.ts';
import { mutate } from './mutate.ts';
import { RichDocs } from './rich-docs.ts';

const SCANS = Number(process.env.SCANS ?? 400);
const MUTATIONS = Number(process.env.MUTATIONS ?? 40_000);

describe('updates read without building them', { timeout: 600_000 + SCANS * 200 + MUTATIONS * 2 }, () => {
  test(`[Y17] the outline of ${SCANS} random documents is what Yjs reads, update by update and as a whole`, () => {
    const random = new Seeded();
    let outlines = 0;
    for (let run = 0; run < SCANS; run += 1) {
      const { docs, updates } = lived(random);
      for (const update of [...updates, ...docs.map((doc) => Y.encodeStateAsUpdate(doc))]) {
        const scanned = scanUpdate(update);
        const { structs, ds } = Y.decodeUpdate(update);
        expect(scanned, 'accepted').not.toBeNull();
        const seen = scanned!.sections.flatMap(({ client, end, structs: all }) =>
          all.map(({ clock, isDeleted }, index) => [client, clock, (all[index + 1]?.clock ?? end) - clock, isDeleted]),
        );
        expect(seen).toEqual(
          structs.map(({ id, length, ...struct }) => [id.client, id.clock, length, isDeletion(struct)]),
        );
        const ranges = [...ds.clients].flatMap(([client, all]) => all.map(({ clock, len }) => [client, clock, len]));
        expect(scanned!.deletes.map(({ client, clock, length }) => [client, clock, length])).toEqual(ranges);
        const roots = structs.flatMap((struct) =>
          struct instanceof Y.Item && typeof struct.parent === 'string' ? struct.parent : [],
        );
        expect(scanned!.roots).toEqual(new Set(roots));
        outlines += 1;
      }
    }
    console.log(`${outlines} updates of ${SCANS} documents, seed ${random.seed}`);
    expect(outlines).toBeGreaterThan(SCANS);
  });

  test(`[Y17] of ${MUTATIONS} damaged updates none is accepted that Yjs throws at, and none throws here`, () => {
    const random = new Seeded();
    const met = { malformed: 0, gaps: 0, known: 0, news: 0 };
    let corpus: Uint8Array[] = [];
    let base: Uint8Array = new Uint8Array();
    let behind = 0;
    for (let run = 0; run < MUTATIONS; run += 1) {
      if (run % 100 === 0) {
        const { updates } = lived(random);
        behind = random.between(0, updates.length - 1);
        const doc = new Y.Doc();
        for (const known of updates.slice(0, behind)) Y.applyUpdate(doc, known);
        base = Y.encodeStateAsUpdate(doc);
        corpus = [...updates, base];
      }
      const near = random.next() < 0.7 ? behind : random.between(0, corpus.length - 1);
      const update = mutate(corpus[near]!, corpus, random);
      const taken = take(update, base);
      const complaint = taken === null ? null : complaintOfYjs(update, taken, base);
      if (complaint) throw new Error(`accepted, but Yjs says ${complaint}: ${Buffer.from(update).toString('base64')}`);
      met[taken === null ? 'malformed' : taken === 'gap' ? 'gaps' : taken === 'nothing' ? 'known' : 'news'] += 1;
    }
    console.log(`${MUTATIONS} damaged updates: ${JSON.stringify(met)}, seed ${random.seed}`);
    expect(Math.min(...Object.values(met))).toBeGreaterThan(0);
  });

  // Yjs throws at it, so the outline alone is not enough: what follows what is asked in `newsOf`
  test.each([['a struct that names a later one of its own client', 'AQGbspqOB4AAhJuymo4HAgbYp9ix2K8A']])(
    '[Y8] %s is asked for again, not stored',
    (_was, base64) => {
      const update = new Uint8Array(Buffer.from(base64, 'base64'));
      expect(() => Y.applyUpdate(new Y.Doc(), update)).toThrow();
      expect(take(update, Y.encodeStateAsUpdate(new Y.Doc()))).toBe('gap');
    },
  );

  test(`[Y17] ${SCANS} logs joined are what they are applied one by one`, () => {
    const random = new Seeded();
    let joined = 0;
    for (let run = 0; run < SCANS; run += 1) {
      const { updates } = lived(random, 1);
      if (updates.length === 0) continue;
      const one = new Y.Doc();
      const other = new Y.Doc();
      const cut = random.between(0, updates.length - 1);
      for (const update of updates) Y.applyUpdate(one, update);
      for (const part of [updates.slice(0, cut), updates.slice(cut)]) {
        if (part.length > 0) Y.applyUpdate(other, joinUpdates(part.map((update) => scanStored(update))));
      }
      expect(other.store.pendingStructs).toBeNull();
      expect(Buffer.compare(Y.encodeStateAsUpdate(other), Y.encodeStateAsUpdate(one))).toBe(0);
      joined += updates.length;
    }
    console.log(`${joined} updates joined, seed ${random.seed}`);
    expect(joined).toBeGreaterThan(SCANS);
  });

  test(`[Y18] ${SCANS} documents in pieces: none too large, none builds on a later one, together the whole`, () => {
    const random = new Seeded();
    let pieces = 0;
    for (let run = 0; run < SCANS; run += 1) {
      const { docs } = lived(random);
      for (const doc of docs) for (const from of docs) Y.applyUpdate(doc, Y.encodeStateAsUpdate(from));
      const update = Y.encodeStateAsUpdate(docs[0]!);
      const most = random.between(60, 400);
      const longest = Math.max(0, ...longestStructs(update)) + 64; // a struct is never cut
      const receiver = new Y.Doc();
      for (const piece of splitUpdate(update, most)) {
        expect(piece.length).toBeLessThanOrEqual(Math.max(most, longest));
        Y.applyUpdate(receiver, piece);
        expect(receiver.store.pendingStructs).toBeNull();
        expect(receiver.store.pendingDs).toBeNull();
        pieces += 1;
      }
      expect(Y.equalSnapshots(Y.snapshot(receiver), Y.snapshot(docs[0]!))).toBe(true);
      expect(receiver.getText('text').toDelta()).toEqual(docs[0]!.getText('text').toDelta());
    }
    console.log(`${pieces} pieces of ${SCANS} documents, seed ${random.seed}`);
    expect(pieces).toBeGreaterThan(SCANS);
  });
});

function lived(random: Seeded, people?: number): RichDocs {
  const rich = new RichDocs(random, people);
  rich.edit(random.between(5, 60));
  return rich;
}

function isDeletion(struct: object): boolean {
  return !('content' in struct) || struct.content instanceof Y.ContentDeleted;
}

function* longestStructs(update: Uint8Array): Iterable<number> {
  for (const { structs, to } of scanStored(update).sections) {
    for (const [index, { at }] of structs.entries()) yield (structs[index + 1]?.at ?? to) - at;
  }
}

/** What the server would do with it when it has `base`: refuse it, ask for the rest, ignore it, or store these bytes. */
function take(update: Uint8Array, base: Uint8Array): Uint8Array | 'nothing' | 'gap' | null {
  const scanned = scanUpdate(update);
  if (!scanned) return null;
  const log = new DocumentLog([base]);
  const news = newsOf(scanned, {
    clock: (client) => log.clock(client),
    isDeleted: (client, clock, length) => log.isDeleted(client, clock, length),
  });
  return typeof news === 'string' ? news : (putDown(news, log.places)?.bytes ?? null);
}

/** What Yjs throws at when it decodes what was accepted, or takes in and reads what would be stored. */
function complaintOfYjs(update: Uint8Array, news: Uint8Array | 'nothing' | 'gap', base: Uint8Array): string | null {
  try {
    Y.decodeUpdate(update);
    if (typeof news === 'string') return null;
    const doc = new Y.Doc();
    Y.applyUpdate(doc, base);
    Y.applyUpdate(doc, news);
    if (doc.store.pendingStructs || doc.store.pendingDs) return 'pending';
    doc.getText('text').toDelta();
    doc.toJSON();
    const again = new Y.Doc();
    Y.applyUpdate(again, joinUpdates([scanStored(base), scanStored(news)]));
    return Y.equalSnapshots(Y.snapshot(again), Y.snapshot(doc)) ? null : 'not the same as joined';
  } catch (error) {
    return String(error instanceof Error ? error.stack : error);
  }
}
