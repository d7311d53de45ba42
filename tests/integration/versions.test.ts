import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Actor, Role } from '#domain/forum/seat.ts';
import type { ItemId, SeatId } from '#domain/ids.ts';
import { addItem, itemBody, removeItem } from '#protocol/board/edit.ts';
import { textOfBlocks } from '#domain/languages/text.ts';
import { stepIdAt } from '#domain/script/step.ts';
import { valueOf } from '#domain/value-of.sample.ts';
import { readBoard } from '#protocol/board/read.ts';
import { watchRestores, type RestoreTold } from '#protocol/board/restored.ts';
import { documentName } from '#protocol/document-name.ts';
import { Comparison, VersionList } from '#protocol/versions-schema.ts';
import { StorageError } from '#server/storage/ports/storage-error.ts';
import { backUp } from '#server/storage/backup.ts';
import { databaseFile } from '#server/storage/open-storage.ts';
import { compact } from '#server/sync/compaction.ts';
import { ServerProcess } from '../rig/server-process.ts';
import { ELSEWHERE, HallOfSeats, NORTH, SOUTH } from './hall-of-seats.ts';

const BOARD = documentName({ kind: 'board', room: NORTH });
const MINUTE = 60_000;
const PATIENT = { timeout: 60_000 }; // a process that replays is started first
const isBuilt = existsSync(join(import.meta.dirname, '../../build/handler.js'));

let hall: HallOfSeats;
beforeEach(async () => (hall = await HallOfSeats.open()));
afterEach(() => hall.close());

const actor = async (role: Role): Promise<Actor> => ({ seatId: (await hall.seat(role)).seat, role });
const item = (id: string, words: string) => (doc: Y.Doc) =>
  addItem(
    doc,
    { id: id as ItemId, theme: null, lang: 'en', blocks: [{ kind: 'paragraph', lang: 'en', runs: [{ text: words }] }] },
    { seat: 'writer' as SeatId, at: 0, origin: null },
  );
const removal = (id: string) => (doc: Y.Doc) =>
  removeItem(doc, id as ItemId, { seat: 'writer' as SeatId, at: 0, origin: null });

/** One version for each edit: three minutes lie between them. */
async function write(seat: SeatId | null, ...edits: ((doc: Y.Doc) => void)[]): Promise<void> {
  for (const edit of edits) {
    await hall.services.sync.edit(BOARD, seat, edit);
    hall.ahead = elapsed += 3 * MINUTE;
  }
}
let elapsed = 0;
beforeEach(() => (elapsed = 0));

const board = async () => JSON.stringify(readBoard(await hall.services.sync.read(BOARD)));
const list = async (by: Actor) => valueOf(await hall.services.history.list(hall.forum, BOARD, by));
const restore = async (seq: number, by: Actor) =>
  valueOf(await hall.services.history.restore(hall.forum, BOARD, seq, by));

describe('the versions of a board', () => {
  test('[Y22] tell when, by whom and what, newest first, and the same after the rows are gone', async () => {
    const [leader, aida] = [await actor('facilitator'), await actor('participant')];
    await write(aida.seatId, item('item0001', 'Wells'), item('item0002', 'Roads'));
    await write(null, removal('item0001'));
    const before = await list(leader);
    expect(v.parse(VersionList, JSON.parse(JSON.stringify(before)))).toEqual(before);
    expect(before.mayRestore).toBe(true);
    const told = before.versions.map(({ seq, people, added, changed, removed, items }) => [
      ...[seq, people.map(({ name }) => name).join(), added, changed, removed, items],
    ]);
    expect(told).toEqual([
      [3, '', 0, 0, 1, 1],
      [2, 'participant', 1, 0, 0, 2],
      [1, 'participant', 1, 0, 0, 1],
    ]);
    expect(await compact(hall.services.storage.documents, BOARD)).toBe(true);
    expect((await hall.services.storage.documents.read(BOARD)).updates).toEqual([]);
    expect(await list(leader)).toEqual(before);
    await hall.services.storage.people.removeSeat(aida.seatId, 1);
    expect((await list(leader)).versions[1]!.people).toEqual([{ seat: aida.seatId, name: null }]);
  });

  test('[Y23] a restore is an edit that everybody gets, and it can be taken back', async () => {
    const [leader, aida] = [await actor('organizer'), await hall.seat('participant', { room: NORTH })];
    await write(aida.seat, item('item0001', 'Wells'), item('item0002', 'Roads'));
    const wanted = await board();
    await write(aida.seat, removal('item0001'), item('item0003', 'Bridges'));
    const latest = await board();
    const { lineage } = await hall.services.storage.documents.read(BOARD);
    const watcher = hall.visit(BOARD, (await hall.seat('observer')).cookie);
    await watcher.entered();
    const { before } = await restore(2, leader);
    expect([await board(), before]).toEqual([wanted, 4]);
    while (watcher.sync(2).length === 0) await watcher.handled();
    hall.ahead = elapsed += 3 * MINUTE;
    const { versions } = await list(leader);
    expect(versions.map(({ seq, isBeforeRestore }) => [seq, isBeforeRestore])).toEqual([
      [5, false],
      [4, true],
      [3, false],
      [2, false],
      [1, false],
    ]);
    expect(versions[0]!.people).toEqual([{ seat: leader.seatId, name: 'organizer' }]);
    await compact(hall.services.storage.documents, BOARD);
    await restore(before, leader);
    expect(await board()).toBe(latest);
    expect((await hall.services.storage.documents.read(BOARD)).lineage).toBe(lineage);
  });

  test('[Y27] taking a restore back keeps what people wrote after it, also in what goes with it', async () => {
    const leader = await actor('organizer');
    const words = (id: string, text: string) => (doc: Y.Doc) => {
      const body = itemBody(doc, id as ItemId)!.get(0) as Y.XmlElement;
      (body.get(0) as Y.XmlText).insert(0, text);
    };
    await write(null, item('item0001', 'Wells'), item('item0002', 'Roads'), item('item0003', 'Canals'));
    await write(null, removal('item0002'), removal('item0003'), words('item0001', 'New '), item('item0004', 'Rails'));
    const { before } = await restore(3, leader);
    await write(null, item('item0005', 'Since'), words('item0001', 'Deep '), words('item0003', 'Wide '));
    valueOf(await hall.services.history.restore(hall.forum, BOARD, before, leader, 'undo'));
    const doc = await hall.services.sync.read(BOARD);
    const texts = readBoard(doc).loose.map(({ id, blocks }) => [id, textOfBlocks(blocks)]);
    expect(Object.fromEntries(texts)).toEqual({
      item0001: expect.stringMatching(/^(Deep New|New Deep) Wells$/),
      item0003: 'Wide Canals',
      item0004: 'Rails',
      item0005: 'Since',
    });
  });

  test('[Y27] whoever is on the board is told with the restore itself, and what they are told makes no version of its own', async () => {
    const leader = await actor('organizer');
    await write(null, item('item0001', 'Wells'), item('item0002', 'Roads'));
    const here = new Y.Doc();
    const told: RestoreTold[] = [];
    const take = async () => Y.applyUpdate(here, Y.encodeStateAsUpdate(await hall.services.sync.read(BOARD)));
    await take();
    watchRestores(here, (one) => told.push(one));
    const { at } = (await list(leader)).versions.find(({ seq }) => seq === 1)!;
    const { before } = await restore(1, leader);
    await take();
    valueOf(await hall.services.history.restore(hall.forum, BOARD, before, leader, 'undo'));
    await take();
    expect(told).toEqual([
      { by: leader.seatId, of: at },
      { by: leader.seatId, of: null },
    ]);
    const { seq } = await hall.services.storage.documents.read(BOARD);
    await restore(before, leader);
    expect((await hall.services.storage.documents.read(BOARD)).seq).toBe(seq);
  });

  test('[Y23] restoring what the board is already changes nothing', async () => {
    const leader = await actor('organizer');
    await write(null, item('item0001', 'Wells'));
    expect(await restore(1, leader)).toEqual({ restoredFrom: 1, before: 1 });
    expect((await hall.services.storage.documents.read(BOARD)).seq).toBe(1);
  });

  test('[Y23] words that come while a restore is stored are kept by undoing it', async () => {
    const leader = await actor('organizer');
    await write(null, item('item0001', 'Wells'), item('item0002', 'Roads'));
    for (let round = 0; round < 20; round += 1) {
      const words = `late ${round} `;
      const [{ before }] = await Promise.all([
        restore(1, leader),
        ...Array.from({ length: 5 }, (_, index) =>
          hall.services.sync.edit(BOARD, null, (doc) => {
            const body = itemBody(doc, 'item0001' as ItemId)!.get(0) as Y.XmlElement;
            (body.get(0) as Y.XmlText).insert(0, `${words}${index} `);
          }),
        ),
      ]);
      const atRestore = (await hall.services.storage.documents.version(BOARD, before))!;
      const { rows } = await hall.services.storage.documents.history(BOARD);
      expect(before).toBe(rows.findLast((row) => row.seat === leader.seatId)!.seq - 1);
      const kept = new Y.Doc();
      Y.applyUpdate(kept, atRestore);
      await restore(before, leader);
      expect(await board()).toBe(JSON.stringify(readBoard(kept)));
      await write(null, item('item0002', `Roads ${round}`));
    }
  });

  test('[Y23] what could not be stored is refused, and the version from before is not lost', async () => {
    const leader = await actor('organizer');
    await write(null, item('item0001', 'Wells'), removal('item0001'));
    const { sync } = hall.services;
    const edit = sync.edit.bind(sync);
    sync.edit = () => Promise.reject(new StorageError('injected'));
    const refused = await hall.services.history.restore(hall.forum, BOARD, 1, leader);
    sync.edit = edit;
    expect(refused).toEqual({ ok: false, refusal: { kind: 'notStored' } });
    expect(readBoard(await sync.read(BOARD)).loose).toEqual([]);
    expect((await hall.services.storage.documents.version(BOARD, 2))?.length).toBeGreaterThan(0);
  });

  test('[Y22] many restores keep at most 60 versions', async () => {
    const leader = await actor('organizer');
    await write(null, item('item0001', 'Wells'), item('item0002', 'Roads'));
    for (let round = 0; round < 66; round += 1) await restore((await list(leader)).versions[1]!.seq, leader);
    const { kept } = await hall.services.storage.documents.history(BOARD);
    expect(kept).toHaveLength(60);
    await compact(hall.services.storage.documents, BOARD);
    expect((await hall.services.storage.documents.history(BOARD)).kept).toHaveLength(60);
  });

  const cutsOf = async (by: Actor) =>
    (await list(by)).versions.map(({ seq, cuts }) => [seq, cuts.map(({ kind }) => kind).join()]);
  const items = (...ids: string[]) => ids.map((id) => item(id, `Wells for ${id}`));
  const EIGHT = ['item0001', 'item0002', 'item0003', 'item0004', 'item0005', 'item0006', 'item0007', 'item0008'];

  test('[B131] end where a step begins or its time is up and where the workshop closes, of every room that has words', async () => {
    const leader = await actor('facilitator');
    await hall.services.sync.edit(BOARD, null, item('item0000', 'Rivers'));
    await hall.command({ kind: 'startStep', step: stepIdAt(1), from: stepIdAt(0) });
    const first = [1, 'stepBegan'];
    await expect.poll(() => cutsOf(leader), PATIENT).toEqual([first]);
    await hall.services.sync.edit(BOARD, null, item('item0001', 'Wells'));
    hall.ahead = elapsed += 31 * MINUTE;
    await expect.poll(() => cutsOf(leader), PATIENT).toEqual([[2, 'timeUp'], first]);
    await hall.services.sync.edit(BOARD, null, item('item0002', 'Roads'));
    await hall.command({ kind: 'startStep', step: stepIdAt(2), from: stepIdAt(1) });
    await expect.poll(() => cutsOf(leader), PATIENT).toEqual([[3, 'stepBegan'], [2, 'timeUp'], first]);
    await hall.services.sync.edit(BOARD, null, item('item0003', 'Bridges'));
    await hall.command({ kind: 'closeWorkshop' });
    await expect.poll(async () => (await cutsOf(leader))[0], PATIENT).toEqual([4, 'closed']);
    expect((await list(leader)).versions.map(({ cuts }) => cuts)).toEqual([
      [{ kind: 'closed' }],
      [{ kind: 'stepBegan', step: 'close' }],
      [{ kind: 'timeUp', step: 'writeTogether' }],
      [{ kind: 'stepBegan', step: 'writeTogether' }],
    ]);
    expect(await hall.services.storage.documents.has(documentName({ kind: 'board', room: SOUTH }))).toBe(false);
    expect(await compact(hall.services.storage.documents, BOARD)).toBe(true);
    expect((await cutsOf(leader)).map(([, cuts]) => cuts)).toEqual(['closed', 'stepBegan', 'timeUp', 'stepBegan']);
  });

  test('[B132] end before much is deleted, with what was written in the same minute', async () => {
    const leader = await actor('facilitator');
    for (const edit of items(...EIGHT)) await hall.services.sync.edit(BOARD, null, edit);
    const before = await board();
    const clear = (doc: Y.Doc) => doc.transact(() => EIGHT.forEach((id) => removal(id)(doc)));
    await hall.services.sync.edit(BOARD, null, clear);
    hall.ahead = elapsed += 60_000;
    await expect
      .poll(() => cutsOf(leader), PATIENT)
      .toEqual([
        [9, ''],
        [8, 'deletion'],
      ]);
    expect((await list(leader)).versions[1]!.cuts).toEqual([{ kind: 'deletion', deleted: 8, merged: 0 }]);
    await restore(8, leader);
    expect(await board()).toBe(before);
    hall.ahead = elapsed += 60_000;
    await restore(9, leader); // deletes as much, and is kept from before the restore already
    hall.ahead = elapsed += 60_000;
    await new Promise((resolve) => setTimeout(resolve, 2_500)); // two looks
    expect((await cutsOf(leader)).filter(([, cuts]) => cuts === 'deletion')).toHaveLength(1);
  });

  test('[B131] a cut that fails is a line in the log, and neither edits nor steps nor the next cut notice', async () => {
    const leader = await actor('facilitator');
    const { documents } = hall.services.storage;
    await write(null, item('item0001', 'Wells'));
    const keep = documents.keepVersion.bind(documents);
    let tries = 0;
    documents.keepVersion = () => ((tries += 1), Promise.reject(new StorageError('injected')));
    const lines: string[] = [];
    const log = console.error;
    console.error = (line: string) => void lines.push(line);
    try {
      await hall.command({ kind: 'startStep', step: stepIdAt(1), from: stepIdAt(0) });
      await expect.poll(() => tries, PATIENT).toBe(1);
      await expect.poll(() => lines.join(), PATIENT).toContain('no version ends here');
      await write(null, item('item0002', 'Roads'));
    } finally {
      console.error = log;
      documents.keepVersion = keep;
    }
    expect(lines.join()).not.toContain('Wells');
    await hall.command({ kind: 'startStep', step: stepIdAt(2), from: stepIdAt(1) });
    await expect.poll(async () => (await cutsOf(leader))[0], PATIENT).toEqual([2, 'stepBegan']);
  });

  test('[B133] are kept by name by who runs the forum, let go again, and no more than twenty', async () => {
    const [leader, other, aida] = [await actor('facilitator'), await actor('organizer'), await actor('participant')];
    const { history, storage } = hall.services;
    const keep = async (name: string, seq?: number, by = leader) => history.keep(hall.forum, BOARD, { name, seq }, by);
    expect(await keep('Nothing yet')).toEqual({ ok: false, refusal: { kind: 'versionUnknown' } });
    await write(null, ...items(...EIGHT));
    expect(await keep('No', 1, aida)).toEqual({ ok: false, refusal: { kind: 'notAllowed' } });
    expect(await history.letGo(hall.forum, BOARD, 1, aida)).toEqual({ ok: false, refusal: { kind: 'notAllowed' } });
    expect(valueOf(await keep('Before the vote'))).toEqual({ seq: 8 });
    expect(valueOf(await keep('', 3))).toEqual({ seq: 3 });
    expect(valueOf(await keep('Renamed', 3))).toEqual({ seq: 3 });
    expect(await keep('Later', 9)).toEqual({ ok: false, refusal: { kind: 'versionUnknown' } });
    const told = async () =>
      (await list(other)).versions.flatMap(({ seq, cuts }) =>
        cuts.flatMap((cut) => (cut.kind === 'kept' ? [[seq, cut.name, cut.by.name]] : [])),
      );
    expect(await told()).toEqual([
      [8, 'Before the vote', 'facilitator'],
      [3, 'Renamed', 'facilitator'],
    ]);
    await write(null, removal('item0001'));
    expect(await compact(storage.documents, BOARD)).toBe(true);
    await storage.erasure.person(leader.seatId, Date.now());
    expect(await told()).toEqual([
      [8, 'Before the vote', null],
      [3, 'Renamed', null],
    ]);
    expect(valueOf(await history.letGo(hall.forum, BOARD, 3, other))).toEqual({ seq: 3 });
    expect((await told()).map(([seq]) => seq)).toEqual([8]);
    expect((await list(other)).versions.map(({ seq }) => seq)).toContain(3);
    for (let seq = 10; seq < 34; seq += 1) {
      await hall.services.sync.edit(BOARD, null, item(`more00${seq}`, 'More'));
      const answer = await keep(`Kept ${seq}`, undefined, other);
      if (seq < 29) expect(valueOf(answer)).toEqual({ seq });
      else
        expect(answer).toEqual({
          ok: false,
          refusal: { kind: 'limitReached', what: 'keptVersions', most: 20, field: 'name' },
        });
    }
    await compact(storage.documents, BOARD);
    expect(await told()).toHaveLength(20);
    expect(valueOf(await keep('Another name', 8, other))).toEqual({ seq: 8 });
  });

  test('[B135] what changed is told against the version before, another one, and the empty board', async () => {
    const leader = await actor('organizer');
    await write(null, item('item0001', 'Two wells'), item('item0002', 'Roads'));
    await write(
      null,
      (doc) => ((itemBody(doc, 'item0001' as ItemId)!.get(0) as Y.XmlElement).get(0) as Y.XmlText).insert(3, ' deep'),
      removal('item0002'),
    );
    const compare = async (to: number, from: number | null = null) =>
      hall.services.history.compare(hall.forum, BOARD, { from, to }, leader);
    const comparison = valueOf(await compare(3));
    expect(v.parse(Comparison, JSON.parse(JSON.stringify(comparison)))).toEqual(comparison);
    expect(comparison).toMatchObject({ from: 2, to: 3, items: { reworded: 1, deleted: 0 }, beyond: 0 });
    expect(comparison.changes[0]!.pieces).toContainEqual({
      kind: 'added',
      text: expect.stringContaining('deep') as string,
    });
    expect(valueOf(await compare(4, 1)).items).toMatchObject({ reworded: 1, added: 0 });
    expect(valueOf(await compare(1))).toMatchObject({ from: 0, items: { added: 1 } });
    for (const [to, from] of [
      [9, null],
      [0, null],
      [4, 9],
    ] as const)
      expect(await compare(to, from)).toEqual({ ok: false, refusal: { kind: 'versionUnknown' } });
    const by = await actor('observer');
    expect(await hall.services.history.compare(hall.forum, BOARD, { from: null, to: 3 }, by)).toMatchObject({
      ok: false,
    });
  });

  test('[Y24] are for organizers and facilitators of the forum, and who may not write restores nothing', async () => {
    const { history } = hall.services;
    await write(null, item('item0001', 'Wells'), removal('item0001'));
    const asked = async (role: Role, of: string = BOARD) => {
      const by = await actor(role);
      const answers = [
        await history.list(hall.forum, of, by),
        await history.read(hall.forum, of, 1, by),
        await history.restore(hall.forum, of, 1, by),
      ];
      return answers.map((answer) => (answer.ok ? 'ok' : answer.refusal.kind)).join();
    };
    const no = 'notAllowed,notAllowed,notAllowed';
    for (const role of ['participant', 'observer', 'translator'] as const) expect(await asked(role)).toBe(no);
    const unknown = 'roomUnknown,roomUnknown,roomUnknown';
    const others = [`board/${ELSEWHERE}`, 'board/nowhere00001', `outcome/${hall.forum.id}`, NORTH, `/${BOARD}`, ''];
    for (const of of others) expect([of, await asked('organizer', of)]).toEqual([of, unknown]);
    const before = await board();
    await hall.command({ kind: 'closeWorkshop' });
    expect(await asked('facilitator')).toBe('ok,ok,notAllowed');
    expect((await list(await actor('facilitator'))).mayRestore).toBe(false);
    expect(await board()).toBe(before);
    expect(await asked('organizer')).toBe('ok,ok,ok');
    for (const seq of [0, 99]) {
      const answer = await history.read(hall.forum, BOARD, seq, await actor('organizer'));
      expect(answer).toEqual({ ok: false, refusal: { kind: 'versionUnknown' } });
    }
  });

  test.skipIf(!isBuilt)(
    '[Y24] over HTTP: listed, read, restored, and refused to strangers and foreign pages',
    async () => {
      await write(null, item('item0001', 'Wells'), removal('item0001'));
      const [organizer, participant] = [await hall.seat('organizer'), await hall.seat('participant')];
      const dataDir = mkdtempSync(join(tmpdir(), 'dastarkhan-versions-'));
      await backUp(hall.services.config, databaseFile(dataDir));
      const server = new ServerProcess({}, dataDir);
      try {
        await server.start();
        const path = `${server.origin}/api/forums/${hall.forum.slug}/boards/board/${NORTH}/versions`;
        const ask = (
          url: string,
          init: { cookie?: string; method?: string; type?: string; origin?: string; body?: string } = {},
        ) =>
          fetch(url, {
            method: init.method ?? 'GET',
            headers: {
              ...(init.cookie && { cookie: init.cookie }),
              ...(init.origin && { origin: init.origin }),
              ...(init.method && { 'content-type': init.type ?? 'application/json' }),
            },
            ...(init.method && { body: init.body ?? '{}' }),
          });
        const { cookie } = organizer;
        const status = async (...of: Parameters<typeof ask>) => (await ask(...of)).status;
        // To a stranger the forum itself does not exist.
        for (const [who, answer] of [
          [undefined, 404],
          [participant.cookie, 403],
        ] as const) {
          const by = who ? { cookie: who } : {};
          expect([await status(path, by), await status(`${path}/1`, by)]).toEqual([answer, answer]);
          expect(await status(`${path}/1`, { ...by, method: 'POST' })).toBe(answer);
        }
        const listed = v.parse(VersionList, await (await ask(path, { cookie })).json());
        expect(listed.versions.map(({ seq }) => seq)).toEqual([2, 1]);
        const read = await ask(`${path}/1`, { cookie });
        expect(read.headers.get('content-type')).toBe('application/octet-stream');
        const doc = new Y.Doc();
        Y.applyUpdate(doc, new Uint8Array(await read.arrayBuffer()));
        expect(readBoard(doc).loose.map(({ id }) => id)).toEqual(['item0001']);
        expect(await status(path.replace(NORTH, ELSEWHERE), { cookie })).toBe(404);
        for (const seq of ['9', '0', '-1', 'x', '1e3']) expect(await status(`${path}/${seq}`, { cookie })).toBe(404);
        const post = { cookie, method: 'POST' };
        expect(await status(`${path}/1`, { ...post, origin: 'https://evil.example' })).toBe(403);
        expect(await status(`${path}/1`, { ...post, type: 'text/plain' })).toBeGreaterThanOrEqual(400);
        expect(await status(`${path}/9`, post)).toBe(404);
        expect(await (await ask(`${path}/1`, { ...post, origin: server.origin })).json()).toEqual({
          restoredFrom: 1,
          before: 2,
        });
        const changes = await ask(`${path}/3/changes`, { cookie });
        expect(v.parse(Comparison, await changes.json()).items).toMatchObject({ added: 1, deleted: 0 });
        for (const bad of ['/9/changes', '/3/changes?from=9', '/3/changes?from=-1', '/3/changes?from=', '/x/changes'])
          expect([bad, await status(path + bad, { cookie })]).toEqual([bad, 404]);
        const kept = (body: unknown, init: Parameters<typeof ask>[1] = {}) =>
          ask(path, { ...post, body: JSON.stringify(body), ...init });
        const hostile = `\u202e${'ж'.repeat(70)}\u0000\ud800`;
        expect(await (await kept({ name: hostile })).json()).toEqual({ seq: 3 });
        for (const bad of [
          {},
          { name: 7 },
          { name: 'x'.repeat(81) },
          { name: '', seq: 0 },
          { name: '', seq: 1e99 },
          [],
        ])
          expect((await kept(bad)).status).toBe(400);
        expect((await kept({ name: '' }, { type: 'text/plain' })).status).toBeGreaterThanOrEqual(400);
        expect((await kept({ name: '' }, { origin: 'https://evil.example' })).status).toBe(403);
        expect((await kept({ name: '' }, { cookie: participant.cookie })).status).toBe(403);
        const named = v.parse(VersionList, await (await ask(path, { cookie })).json()).versions[0]!;
        expect(named.cuts).toMatchObject([{ kind: 'kept', name: 'ж'.repeat(70), by: { name: 'organizer' } }]);
        const letGo = async (cookie: string) => (await ask(`${path}/3`, { cookie, method: 'DELETE' })).status;
        expect([await letGo(participant.cookie), await letGo(cookie), await letGo(cookie)]).toEqual([403, 200, 404]);
        const after = v.parse(VersionList, await (await ask(path, { cookie })).json());
        expect(after.versions.map(({ seq, items, isBeforeRestore }) => [seq, items, isBeforeRestore])).toEqual([
          [3, 1, false],
          [2, 0, true],
          [1, 1, false],
        ]);
      } finally {
        await server.remove();
      }
    },
  );
});
