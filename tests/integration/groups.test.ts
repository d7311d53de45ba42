import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type * as Y from 'yjs';
import type { Actor } from '#domain/forum/seat.ts';
import type { ItemId, StepId } from '#domain/ids.ts';
import type { Script } from '#domain/script/step.ts';
import { groupOf, groupsNow } from '#domain/workshop/groups/state.ts';
import { valueOf } from '#domain/value-of.sample.ts';
import { addItem, removeItem } from '#protocol/board/edit.ts';
import { readBoard } from '#protocol/board/read.ts';
import { documentName, type DocumentName } from '#protocol/document-name.ts';
import * as wire from '#protocol/sync.ts';
import { backUp, restore } from '#server/storage/backup.ts';
import { openStorage } from '#server/storage/open-storage.ts';
import { verify } from '#server/storage/verify.ts';
import { attack } from './attack-frames.ts';
import { HallOfSeats, NORTH, SOUTH, WORKSHOP, type Seated } from './hall-of-seats.ts';
import { until } from './until.ts';

const [FIRST, PAIRS, LAST] = ['first', 'pairs', 'last'].map((step) => step as StepId) as [StepId, StepId, StepId];
const SCRIPT: Script = [
  { id: FIRST, kind: 'draft', minutes: 10 },
  { id: PAIRS, kind: 'draft', minutes: 10, place: 'pairs' },
  { id: LAST, kind: 'draft', minutes: 10 },
];

let hall: HallOfSeats;
let north: Seated[];
let south: Seated;
beforeEach(async () => {
  hall = await HallOfSeats.open();
  const facilitator = await hall.seat('facilitator');
  const actor = { seatId: facilitator.seat, role: 'facilitator' as const };
  const given = { id: null, title: { en: 'In pairs' }, steps: SCRIPT };
  valueOf(await hall.services.workshops.command(WORKSHOP, actor, { kind: 'chooseScript', script: null }, null, given));
  north = [];
  for (let n = 0; n < 4; n += 1) north.push(await hall.seat('participant', { room: NORTH }));
  south = await hall.seat('participant', { room: SOUTH });
  await hall.command({ kind: 'startStep', step: PAIRS });
});
afterEach(() => hall.close());

const state = () => hall.services.workshops.current(WORKSHOP)!;
const groupNow = ({ seat }: Seated) => groupOf(groupsNow(state()), seat)!;
const boardOf = (who: Seated): DocumentName =>
  documentName({ kind: 'group', workshop: WORKSHOP, step: PAIRS, number: groupNow(who).number });

/** What becomes of an edit: the server's answer to a frame, or to the knock at the door. */
async function writes(document: string, cookie: string | null) {
  const visitor = hall.visit(document, cookie);
  if (!(await visitor.entered())) return visitor.status;
  visitor.send(attack.update(`marker${attack.next()}`, await hall.services.sync.read(document as DocumentName)));
  await until(() => visitor.durable > 0 || visitor.refusals.length > 0);
  visitor.leave();
  return visitor.durable > 0 ? 'written' : 'read';
}

test('[P27] who may open a group’s board, write there and read there, at the sync server’s door and for every edit', async () => {
  const [one] = north as [Seated];
  const board = boardOf(one);
  const mate = north.find(({ seat }) => seat !== one.seat && groupNow(one).seats.includes(seat))!;
  const stranger = north.find(({ seat }) => !groupNow(one).seats.includes(seat))!;
  const role = async (name: 'organizer' | 'facilitator' | 'observer' | 'translator') => (await hall.seat(name)).cookie;
  const elsewhere = await hall.seat('organizer', { forum: hall.otherForum.id });
  const table = async () => [
    await writes(board, one.cookie),
    await writes(board, mate.cookie),
    await writes(board, stranger.cookie),
    await writes(board, south.cookie),
    await writes(board, await role('organizer')),
    await writes(board, await role('facilitator')),
    await writes(board, await role('observer')),
    await writes(board, await role('translator')),
    await writes(board, elsewhere.cookie),
    await writes(board, null),
  ];
  const others = [404, 404, 'read', 'read', 404, 404, 401, 401];
  expect(await table()).toEqual(['written', 'written', ...others]);
  expect(await writes(`board/${NORTH}`, one.cookie)).toBe('read');
  hall.ahead = 10 * 60_000 + 1_000; // in the grace, with time for a slow machine
  expect(await writes(board, one.cookie)).toBe('written');
  hall.ahead = 10 * 60_000 + 31_000;
  expect(await writes(board, one.cookie)).toBe('read');
  hall.ahead = 0;
  await hall.command({ kind: 'startStep', step: LAST });
  expect(await table()).toEqual(['read', 'read', ...others]);
  expect(await writes(`board/${NORTH}`, one.cookie)).toBe('written');
  for (const name of ['99', '0', '01', '1/2', '']) {
    expect(await writes(`group/${WORKSHOP}/${PAIRS}/${name}`, one.cookie)).toBe(404);
  }
});

test('[P27] [W127] who is moved away has their open socket closed, and reads what stands there once the step is over', async () => {
  const [one] = north as [Seated];
  const before = boardOf(one);
  const mate = north.find(({ seat }) => seat !== one.seat && groupNow(one).seats.includes(seat))!;
  const open = hall.visit(before, one.cookie);
  const stays = hall.visit(`board/${NORTH}`, mate.cookie);
  await Promise.all([open.entered(), stays.entered()]);
  const late = await hall.seat('participant', { room: NORTH });
  expect(await writes(boardOf(late), late.cookie)).toBe('written');
  expect(await open.handled()).toBe(true); // somebody came, and nobody of theirs went
  await hall.command({ kind: 'moveSeat', seat: one.seat, room: SOUTH });
  expect(await open.handled()).toBe(false);
  expect(open.closedWith).toBe(wire.CLOSE.notAllowed);
  expect(await stays.handled()).toBe(true);
  expect([await writes(before, one.cookie), await writes(boardOf(one), one.cookie)]).toEqual([404, 'written']);
  await hall.command({ kind: 'startStep', step: LAST });
  expect([await writes(before, one.cookie), await writes(before, mate.cookie)]).toEqual(['read', 'read']);
});

const idea = (id: string, text: string) => (doc: Y.Doc) =>
  addItem(
    doc,
    { id: id as ItemId, theme: null, lang: 'en', blocks: [{ kind: 'paragraph', lang: 'en', runs: [{ text }] }] },
    { seat: north[0]!.seat, at: 0, origin: null },
  );

test('[Y24] who runs the forum sees and restores the versions of a group’s board, and nobody of the group does', async () => {
  const [one] = north as [Seated];
  const board = boardOf(one);
  const { history, sync } = hall.services;
  const ideas = async () => readBoard(await sync.read(board)).loose.map(({ id }) => id);
  await sync.edit(board, one.seat, idea('item0001', 'Wells'));
  await hall.command({ kind: 'startStep', step: LAST });
  const leader = { seatId: (await hall.seat('facilitator')).seat, role: 'facilitator' as const };
  const organizer = { seatId: (await hall.seat('organizer')).seat, role: 'organizer' as const };
  const asked = async (actor: Actor, of: string = board) => {
    const answers = [
      await history.list(hall.forum, of, actor),
      await history.read(hall.forum, of, 1, actor),
      await history.keep(hall.forum, of, { name: '', seq: 1 }, actor),
      await history.restore(hall.forum, of, 1, actor),
    ];
    return answers.map((answer) => (answer.ok ? 'ok' : answer.refusal.kind)).join();
  };
  await sync.edit(board, null, idea('item0002', 'Roads'));
  expect(await ideas()).toEqual(['item0001', 'item0002']);
  expect(await asked(leader)).toBe('ok,ok,ok,ok');
  expect(await ideas()).toEqual(['item0001']);
  const watching = { seatId: (await hall.seat('observer')).seat, role: 'observer' as const };
  for (const actor of [{ seatId: one.seat, role: 'participant' as const }, watching]) {
    expect(await asked(actor)).toBe('notAllowed,notAllowed,notAllowed,notAllowed');
  }
  const nowhere = `group/${WORKSHOP}/${PAIRS}/99`;
  expect(await asked(organizer, nowhere)).toBe('roomUnknown,roomUnknown,roomUnknown,roomUnknown');
  await hall.command({ kind: 'closeWorkshop' });
  expect(await asked(leader)).toBe('ok,ok,ok,notAllowed');
  expect(await asked(organizer)).toBe('ok,ok,ok,ok');
});

test('[B131] versions of groups’ boards end where their own step is left or its time is up, and at no other step', async () => {
  const [one] = north as [Seated];
  const board = boardOf(one);
  const organizer = { seatId: (await hall.seat('organizer')).seat, role: 'organizer' as const };
  const cuts = async () =>
    valueOf(await hall.services.history.list(hall.forum, board, organizer)).versions.map(({ seq, cuts }) => [
      seq,
      ...cuts.map(({ kind }) => kind),
    ]);
  const { sync } = hall.services;
  const PATIENT = { timeout: 60_000 }; // a process that replays is started first
  await sync.edit(board, one.seat, idea('item0001', 'Wells'));
  hall.ahead = 11 * 60_000;
  await expect.poll(cuts, PATIENT).toEqual([[1, 'timeUp']]);
  await sync.edit(board, null, idea('item0002', 'Roads'));
  await hall.command({ kind: 'startStep', step: LAST });
  await expect.poll(cuts, PATIENT).toEqual([
    [2, 'stepBegan'],
    [1, 'timeUp'],
  ]);
  await sync.edit(board, null, idea('item0003', 'Canals'));
  const room = documentName({ kind: 'board', room: NORTH });
  await sync.edit(room, null, idea('item0004', 'Rails'));
  const roomCuts = async () =>
    valueOf(await hall.services.history.list(hall.forum, room, organizer)).versions.map(({ cuts }) => cuts.length);
  await hall.command({ kind: 'startStep', step: FIRST });
  await expect.poll(roomCuts, PATIENT).toEqual([1]);
  expect((await cuts())[0]).toEqual([3]);
});

test('[B132] a version of a group’s board is kept from before much is deleted there', async () => {
  const [one] = north as [Seated];
  const board = boardOf(one);
  const organizer = { seatId: (await hall.seat('organizer')).seat, role: 'organizer' as const };
  const all = Array.from({ length: 8 }, (_, index) => `item000${index}`);
  for (const id of all) await hall.services.sync.edit(board, one.seat, idea(id, `Wells for ${id}`));
  const by = { seat: one.seat, at: 0, origin: null };
  await hall.services.sync.edit(board, one.seat, (doc) =>
    doc.transact(() => all.forEach((id) => removeItem(doc, id as ItemId, by))),
  );
  hall.ahead = 60_000;
  const deletions = async () =>
    valueOf(await hall.services.history.list(hall.forum, board, organizer)).versions.flatMap(({ cuts }) => cuts);
  await expect.poll(deletions, { timeout: 60_000 }).toEqual([{ kind: 'deletion', deleted: 8, merged: 0 }]);
});

test('[W151] what those who run it see before a step in groups is what comes, and nobody else is told', async () => {
  const { mixing } = hall.services;
  const leader = { seatId: (await hall.seat('facilitator')).seat, role: 'facilitator' as const };
  await hall.command({ kind: 'startStep', step: FIRST });
  const late = await hall.seat('participant', { room: SOUTH });
  const { rooms } = valueOf(await mixing.groups(WORKSHOP, leader, PAIRS));
  await hall.command({ kind: 'startStep', step: PAIRS });
  const made = [...groupsNow(state())!.values()].filter(({ seats }) => seats.length > 0);
  expect(rooms.flatMap(({ room, groups }) => groups.map(({ seats }) => [room, seats.toSorted()]))).toEqual(
    made.map(({ room, seats }) => [room, seats.toSorted()]),
  );
  expect(rooms.flatMap(({ groups }) => groups.flatMap(({ seats }) => seats))).toContain(late.seat);
  const refusal = async (actor: Actor, step: StepId) => {
    const answer = await mixing.groups(WORKSHOP, actor, step);
    return answer.ok ? 'ok' : answer.refusal.kind;
  };
  expect(await refusal(leader, LAST)).toBe('stepUnknown');
  expect(await refusal(leader, 'none' as StepId)).toBe('stepUnknown');
  expect(await refusal({ seatId: late.seat, role: 'participant' }, PAIRS)).toBe('notAllowed');
  await hall.command({ kind: 'closeWorkshop' });
  expect(await refusal(leader, PAIRS)).toBe('workshopClosed');
});

test('[W130] a group’s board is on disk like any other: read by verify, in a backup, after a restart, and when somebody is erased', async () => {
  const [one] = north as [Seated];
  const board = boardOf(one);
  await hall.services.sync.edit(board, one.seat, idea('item0001', 'Wells'));
  const groups = [...groupsNow(state())!.values()];
  valueOf(await hall.services.erasure.person(one.seat));
  expect(JSON.stringify(readBoard(await hall.services.sync.read(board)))).toContain('Wells');
  const aside = mkdtempSync(join(tmpdir(), 'dastarkhan-aside-'));
  try {
    const { config } = hall.services;
    await backUp(config, join(aside, 'backup.db'));
    await hall.services.close();
    await restore(config, join(aside, 'backup.db'), Date.now());
    expect(await verify(config)).toMatchObject({ documents: 1, problems: [] });
    const storage = await openStorage(config);
    expect(await storage.documents.names()).toEqual([board]);
    await storage.close();
    expect(groups).toHaveLength(3);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
});
