import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Board } from '#domain/board/board.ts';
import type { WorkshopPlan } from '#domain/forum/agenda.ts';
import type { Forum } from '#domain/forum/forum.ts';
import type { RoomId, WorkshopId } from '#domain/ids.ts';
import type { OutcomeDocument } from '#domain/outcome/document.ts';
import { valueOf } from '#domain/value-of.sample.ts';
import { boardShape } from '#protocol/board/shape.ts';
import { itemBody } from '#protocol/board/edit.ts';
import { documentName } from '#protocol/document-name.ts';
import { readBoard } from '#protocol/board/read.ts';
import { encodeUpdate } from '#protocol/sync.ts';
import { scanUpdate, STORED_LIMITS } from '#protocol/update/scan.ts';
import { OUTCOME_FORMATS } from '#server/outcome/render/render.ts';
import { HallOfSeats, NORTH } from '../integration/hall-of-seats.ts';
import { ServerProcess } from '../rig/server-process.ts';
import { commit, deeds, INTACT, plant, plantBad } from './hostile-values.ts';

const BOARDS = Number(process.env.BOARDS ?? 40);
const FRAMES = Number(process.env.HOSTILE_FRAMES ?? 200);
const isBuilt = existsSync(join(import.meta.dirname, '../../build/handler.js'));

let hall: HallOfSeats;
let server: ServerProcess | null = null;
beforeEach(async () => (hall = await HallOfSeats.open()));
afterEach(async () => {
  if (server) await server.remove();
  else await hall.close();
  server = null;
});

/** Written by a version that did not look, straight into the database. */
async function store(room: RoomId, doc: Y.Doc): Promise<void> {
  const document = documentName({ kind: 'board', room });
  const update = Y.encodeStateAsUpdate(doc);
  await hall.services.storage.documents.append([{ document, seq: 1, update, seat: null, at: 1 }]);
}

/** The same data under a real server. */
async function serve(): Promise<ServerProcess> {
  await hall.services.close();
  server = new ServerProcess({}, hall.dataDir);
  await server.start();
  return server;
}

async function forumOf(rooms: readonly RoomId[]): Promise<Forum> {
  const [plan] = hall.forum.agenda as [WorkshopPlan];
  const { id: _, slug: __, version: ___, joinCode: ____, joinCodeExpiresAt: _____, ...details } = hall.forum;
  const workshop = {
    ...plan,
    id: 'workshopfuzz1' as WorkshopId,
    rooms: rooms.map((id) => ({ id, name: `Room ${id}` })),
  };
  return valueOf(await hall.services.forums.create(null, { ...details, title: 'Hostile', agenda: [workshop] }));
}

const poisoned = (spoil: (doc: Y.Doc) => void): Y.Doc => {
  const doc = new Y.Doc();
  plant(doc);
  plantBad(doc);
  spoil(doc);
  return doc;
};

/** What took a board from everybody, each by itself. */
const POISONS: Record<string, (doc: Y.Doc) => void> = {
  'a language that is a number': (doc) =>
    (itemBody(doc, 'bad0' as never)!.get(0) as Y.XmlElement).setAttribute('lang', 7 as never),
  'an empty language': (doc) => (itemBody(doc, 'bad0' as never)!.get(0) as Y.XmlElement).setAttribute('lang', ''),
  'elements ten thousand deep': (doc) => {
    let at = itemBody(doc, 'bad0' as never)!.get(0) as Y.XmlElement;
    for (let depth = 0; depth < 10_000; depth += 1) at.insert(0, [(at = new Y.XmlElement('paragraph'))]);
  },
  'a chain of 2,000 merges': (doc) => {
    for (let index = 0; index < 2_000; index += 1) {
      const entries: [string, unknown][] = [['body', new Y.XmlFragment()], ['merged', `m${index + 1}`], ['at', 9]]; // prettier-ignore
      doc.getMap('items').set(`m${index}`, new Y.Map(entries));
    }
  },
  'megabytes in a root that nobody reads': (doc) => doc.getText('junk').insert(0, 'x'.repeat(8_000_000)),
  'a title that is a number': (doc) => boardShape(doc).themes.get('bad0')!.set('title', 7),
};

describe.skipIf(!isBuilt)('[B60] a board that was poisoned before anybody looked', () => {
  test('opens, reads, is in every format and can be restored', async () => {
    const rooms = Object.keys(POISONS).map((_, index) => `poison${String(index).padStart(6, '0')}` as RoomId);
    const forum = await forumOf(rooms);
    for (const [index, spoil] of Object.values(POISONS).entries()) {
      await store(
        rooms[index]!,
        poisoned((doc) => doc.transact(() => spoil(doc))),
      );
    }
    const { cookie } = await hall.seat('organizer', { forum: forum.id });
    const { origin } = await serve();
    const get = async (path: string, init: RequestInit = {}) => {
      const response = await fetch(`${origin}${path}`, { ...init, headers: { cookie, ...init.headers } });
      expect([path, response.status]).toEqual([path, 200]);
      return response;
    };
    const base = `/forums/${forum.slug}/workshops/workshopfuzz1`;
    for (const room of rooms) {
      expect(await (await get(`${base}?room=${room}`)).text()).toContain(INTACT.words);
      await get(`${base}/versions?room=${room}`);
      const versions = `/api/forums/${forum.slug}/boards/board/${room}/versions`;
      expect((await (await get(versions)).json()) as object).toMatchObject({ versions: [{ seq: 1 }] });
      const doc = new Y.Doc();
      Y.applyUpdate(doc, new Uint8Array(await (await get(`${versions}/1`)).arrayBuffer()));
      expect(readBoard(doc).themes.map(({ id }) => id)).toContain(INTACT.theme);
      const restored = await get(`${versions}/1`, {
        method: 'POST',
        body: '{}',
        headers: { 'content-type': 'application/json', origin },
      });
      expect(await restored.json()).toEqual({ restoredFrom: 1, before: 1 });
    }
    await get(`${base}/control`);
    expect(await (await get(`/forums/${forum.slug}/outcome`)).text()).toContain(INTACT.words);
    for (const format of OUTCOME_FORMATS) await get(`/api/forums/${forum.slug}/outcome.${format}`);
    expect(server!.stderr).not.toMatch(/\n\s+at /);
  });
});

describe.skipIf(!isBuilt)('[B60] boards of arbitrary values', () => {
  test(`${BOARDS} of them: every page answers and shows what was intact`, async () => {
    const rooms = Array.from({ length: BOARDS }, (_, index) => `hostile${String(index).padStart(5, '0')}` as RoomId);
    const forum = await forumOf(rooms);
    const readable = new Set<RoomId>();
    for (const [index, list] of fc.sample(deeds, BOARDS).entries()) {
      const doc = poisoned((spoilt) => list.forEach((deed) => commit(spoilt, deed)));
      await store(rooms[index]!, doc);
      // no version that we know of has stored anything else
      if (scanUpdate(Y.encodeStateAsUpdate(doc), STORED_LIMITS)) readable.add(rooms[index]!);
    }
    expect(readable.size).toBeGreaterThan(BOARDS / 4);
    const { cookie } = await hall.seat('facilitator', { forum: forum.id });
    const { origin } = await serve();
    const get = async (path: string) => {
      const response = await fetch(`${origin}${path}`, { headers: { cookie } });
      expect([path, response.status]).toEqual([path, 200]);
      return response;
    };
    for (const room of rooms) {
      const page = await get(`/forums/${forum.slug}/workshops/workshopfuzz1?room=${room}`);
      if (readable.has(room)) expect(await page.text()).toContain(INTACT.words);
      await get(`/api/forums/${forum.slug}/boards/board/${room}/versions`);
    }
    for (const page of ['outcome', 'workshops/workshopfuzz1/control']) await get(`/forums/${forum.slug}/${page}`);
    const document = (await (await get(`/api/forums/${forum.slug}/outcome.json`)).json()) as OutcomeDocument;
    const found = document.themes.flatMap(({ recommendations }) =>
      recommendations.filter(({ id }) => id === INTACT.item),
    );
    expect(found).toHaveLength(readable.size);
  });
});

describe('[B60] a guest with a program of their own', () => {
  test(`sends ${FRAMES} frames of arbitrary values, and what is stored of them reads`, async () => {
    const document = documentName({ kind: 'board', room: NORTH });
    await hall.services.sync.edit(document, null, plant);
    const planted = readBoard(await hall.services.sync.read(document));
    let stored = 0;
    for (const list of fc.sample(deeds, FRAMES)) {
      const before = (await hall.services.sync.stored(document)).seq;
      const { cookie } = await hall.seat('organizer');
      const guest = hall.visit(document, cookie);
      await guest.entered();
      const doc = await hall.services.sync.read(document);
      const vector = Y.encodeStateVector(doc);
      doc.transact(() => plantBad(doc));
      for (const deed of list) commit(doc, deed);
      guest.send(encodeUpdate(Y.encodeStateAsUpdate(doc, vector)));
      await guest.handled();
      guest.leave();
      if ((await hall.services.sync.stored(document)).seq > before) stored += 1;
      const { json } = await hall.services.documents.board(document);
      const board = JSON.parse(new TextDecoder().decode(json)) as Board;
      const intact = board.themes.find(({ id }) => id === INTACT.theme);
      expect(intact?.title).toEqual(planted.themes[0]!.title);
      expect(intact?.items.find(({ id }) => id === INTACT.item)).toEqual(planted.themes[0]!.items[0]);
    }
    console.log(`${stored} of ${FRAMES} frames were stored`);
    expect(stored).toBeGreaterThan(FRAMES / 20);
  });
});
