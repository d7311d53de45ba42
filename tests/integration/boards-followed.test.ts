import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ItemId, RoomId, StepId, ThemeId } from '#domain/ids.ts';
import type { Script } from '#domain/script/step.ts';
import { groupsNow } from '#domain/workshop/groups/state.ts';
import { valueOf } from '#domain/value-of.sample.ts';
import { addItem, addTheme } from '#protocol/board/edit.ts';
import { documentName, type DocumentName } from '#protocol/document-name.ts';
import type { RoomActivity } from '#protocol/live/down.ts';
import { MARK } from '#protocol/mark.ts';
import { startServices, type Services } from '#server/services.ts';
import { HallOfSeats, NORTH, SOUTH, WORKSHOP, type Seated } from './hall-of-seats.ts';
import { Guest } from './live-rig.ts';
import { until } from './until.ts';

const [FIRST, PAIRS] = ['first', 'pairs'].map((step) => step as StepId) as [StepId, StepId];
const SCRIPT: Script = [
  { id: FIRST, kind: 'draft', minutes: 10 },
  { id: PAIRS, kind: 'draft', minutes: 10, place: 'pairs' },
];
const ROOMS = 60;

let hall: HallOfSeats;
let leader: Seated;
let guests: Guest[];
beforeEach(async () => {
  hall = await HallOfSeats.open();
  leader = await hall.seat('facilitator');
  guests = [];
});
afterEach(async () => {
  for (const { socket } of guests) socket.disconnect();
  await hall.close();
});

const board = (room: RoomId): DocumentName => documentName({ kind: 'board', room });

function join(origin: string, { cookie }: Seated): Guest {
  const guest = new Guest(origin, { cookie, origin, [MARK]: '1' }, {});
  guests.push(guest);
  return guest;
}

/** What is known of a room by all that was told. */
const told = ({ frames }: Guest, room: RoomId): RoomActivity | undefined =>
  frames
    .filter((frame) => frame.startsWith('activity '))
    .flatMap((frame) => (JSON.parse(frame.slice('activity '.length)) as [RoomActivity[]])[0])
    .findLast((one) => one.room === room);

let last = 0;
const write = (services: Services, document: DocumentName, text: string, seat = leader.seat) =>
  services.sync.edit(document, seat, (doc) => {
    const blocks = [{ kind: 'paragraph', lang: 'en', runs: [{ text }] }] as const;
    const id = `idea${String((last += 1)).padStart(8, '0')}` as ItemId;
    addItem(doc, { id, theme: null, lang: 'en', blocks: [...blocks] }, { seat, at: 1, origin: null });
  });

test('[W142] sixty boards are counted after a restart, and none is loaded for it; then each edit counts', async () => {
  const rooms = [NORTH, SOUTH];
  for (let at = rooms.length; at < ROOMS; at += 1) {
    const id = `room${String(at).padStart(8, '0')}` as RoomId;
    await hall.command({ kind: 'openRoom', room: { id, name: `Room ${at}` } });
    rooms.push(id);
  }
  for (const [at, room] of rooms.entries())
    for (let idea = 0; idea < at % 4; idea += 1) await write(hall.services, board(room), `Idea ${idea}`);
  const title = { text: 'Water', lang: 'en' };
  await hall.services.sync.edit(board(rooms[1]!), leader.seat, (doc) =>
    addTheme(doc, { id: 'theme0000001' as ThemeId, title }, { seat: leader.seat, at: 1, origin: null }),
  );
  const { config } = hall.services;
  await hall.services.close();

  const services = await startServices(config);
  const http = createServer();
  try {
    const origin = await served(services, http);
    const facilitator = join(origin, leader);
    await until(() => rooms.every((room) => told(facilitator, room)?.count));
    expect(rooms.map((room) => told(facilitator, room)!.count)).toEqual(
      rooms.map((_, at) => ({ ideas: at % 4, themes: at === 1 ? 1 : 0 })),
    );
    expect([services.sync.stats().sync_documents, services.documents.readings]).toEqual([0, 0]);
    await write(services, board(rooms[3]!), 'One more');
    await until(() => told(facilitator, rooms[3]!)?.count?.ideas === 4);
    expect(services.sync.stats().sync_documents).toBe(1);
  } finally {
    for (const { socket } of guests) socket.disconnect();
    await services.close();
    http.closeAllConnections();
    http.close();
  }
});

test('[W143] who runs the workshop is told what is written last, whoever sits there nothing of it, and nobody what a group writes', async () => {
  const given = { id: null, title: { en: 'In pairs' }, steps: SCRIPT };
  const actor = { seatId: leader.seat, role: 'facilitator' as const };
  const { workshops, sync } = hall.services;
  valueOf(await workshops.command(WORKSHOP, actor, { kind: 'chooseScript', script: null }, null, given));
  const [aida, bolat] = [
    await hall.seat('participant', { room: NORTH }),
    await hall.seat('participant', { room: NORTH }),
  ];
  const cholpon = await hall.seat('participant', { room: SOUTH });
  const observer = await hall.seat('observer');
  const facilitator = join(hall.origin, leader);
  const others = [aida, bolat, cholpon, observer].map((one) => join(hall.origin, one));
  const screen = new Guest(hall.origin, { cookie: leader.cookie, origin: hall.origin, [MARK]: '1' }, { as: 'screen' });
  guests.push(screen);
  await until(() => told(facilitator, NORTH) && [...others, screen].every(({ view }) => view));

  await write(hall.services, board(NORTH), `zqword\n\u202ewater ${'for all '.repeat(100)}`, aida.seat);
  await until(() => told(facilitator, NORTH)?.line);
  const line = told(facilitator, NORTH)!.line!;
  expect(line).toMatchObject({ text: expect.stringMatching(/^zqword water (for all )+.*…$/), lang: 'en' });
  expect([...line.text].length).toBeLessThanOrEqual(161);
  expect(told(facilitator, SOUTH)!.line).toBeNull();
  // who drops in is none of the room
  await write(hall.services, board(SOUTH), 'zqdropped');

  await hall.command({ kind: 'startStep', step: PAIRS });
  await until(() => told(facilitator, NORTH)?.line === null);
  const [number] = [...groupsNow(workshops.current(WORKSHOP)!)!.keys()];
  const group = documentName({ kind: 'group', workshop: WORKSHOP, step: PAIRS, number: number! });
  await write(hall.services, group, 'zqgroup', aida.seat);
  await hall.command({ kind: 'startStep', step: FIRST });
  await write(hall.services, board(SOUTH), 'zqlater', cholpon.seat);
  await until(() => told(facilitator, SOUTH)?.line?.text === 'zqlater');
  expect(facilitator.frames.join()).not.toMatch(/zqgroup|zqdropped/);
  expect(told(facilitator, NORTH)!.line).toBeNull();
  for (const { frames } of [...others, screen]) expect(frames.join()).not.toMatch(/zq(word|dropped|group|later)/);
  expect(sync.stats().sync_documents).toBeGreaterThan(0);
});

async function served(services: Services, http: Server): Promise<string> {
  http.on('upgrade', (req, socket, head) => {
    if (!services.upgrade(req, socket, head)) socket.destroy();
  });
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
}
