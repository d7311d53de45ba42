import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Role } from '#domain/forum/seat.ts';
import type { AccountId } from '#domain/ids.ts';
import { stepIdAt } from '#domain/script/step.ts';
import { valueOf } from '#domain/value-of.sample.ts';
import { encodeUpdate } from '#protocol/sync.ts';
import { hashToken } from '#server/auth/tokens.ts';
import { openStorage } from '#server/storage/open-storage.ts';
import type { Account } from '#server/storage/ports/accounts.ts';
import * as Y from 'yjs';
import { HallOfSeats, NORTH, WORKSHOP } from './hall-of-seats.ts';
import { Guest } from './live-rig.ts';
import type { Visitor } from './visitor.ts';

const DAY = 86_400_000;
const START_STEP = { kind: 'startStep', step: stepIdAt(1) } as const;

let hall: HallOfSeats;
const guests: Guest[] = [];
beforeEach(async () => (hall = await HallOfSeats.open()));
afterEach(async () => {
  for (const { socket } of guests.splice(0)) socket.disconnect();
  await hall.close();
});

const PATIENT = { timeout: 60_000, interval: 5 };

interface Open {
  readonly board: Visitor;
  readonly live: Guest;
}

/** Both channels, as a page of the workshop has them. */
async function open(cookie: string): Promise<Open> {
  const board = hall.visit(`board/${NORTH}`, cookie);
  expect(await board.entered()).toBe(true);
  const live = new Guest(hall.origin, { cookie, origin: hall.origin }, {});
  guests.push(live);
  await vi.waitFor(() => expect(live.view).toBeDefined(), PATIENT);
  return { board, live };
}

async function organizer(): Promise<{ account: Account; cookie: string; token: string; again: () => Promise<string> }> {
  const { services } = hall;
  const credentials = { email: 'aigul@example.org', name: 'Aigul', password: 'a table with bread' };
  const account = valueOf(await services.accounts.create(credentials));
  const seat = { id: 'organizer01' as never, forumId: hall.forum.id, role: 'organizer' as Role, accountId: account.id };
  await services.storage.people.addSeat(
    { ...seat, joinedAt: 0, removedAt: null },
    { seatId: seat.id, name: 'Aigul', country: null, organisation: null, language: 'en' },
    null,
  );
  services.seats.announce(hall.forum.id);
  const again = async () => `${services.cookies.session}=${(await services.sessions.create(account)).token}`;
  const { token } = await services.sessions.create(account);
  return { account, token, cookie: `${services.cookies.session}=${token}`, again };
}

const words = (): Uint8Array => {
  const doc = new Y.Doc();
  doc.getMap('themes').set(crypto.randomUUID(), new Y.Map());
  return encodeUpdate(Y.encodeStateAsUpdate(doc));
};
const stepNow = () => hall.services.workshops.current(WORKSHOP)?.step.index;
const seqNow = async () => (await hall.services.storage.documents.read(`board/${NORTH}` as never)).seq;

/** Closed on both channels; what was sent in the last moment is in neither. */
async function expectClosed({ board, live }: Open): Promise<void> {
  const seq = await seqNow();
  board.send(words());
  const asked = live.socket.connected ? live.command(START_STEP).catch(() => null) : Promise.resolve(null);
  await closed({ board, live });
  expect(await Promise.race([asked, Promise.resolve('unanswered')])).not.toMatchObject({ ok: true });
  expect([await seqNow(), stepNow()]).toEqual([seq, 0]);
}

/** Ended elsewhere, or by time: it is looked at twice a second. */
const closed = ({ board, live }: Open) =>
  vi.waitFor(() => expect([board.closedWith !== null, live.socket.connected]).toEqual([true, false]), PATIENT);

async function expectOpen({ board, live }: Open): Promise<void> {
  expect(await board.handled()).toBe(true);
  expect(live.socket.connected).toBe(true);
}

describe('sockets by a session', () => {
  test('[A30] a sign-out closes both channels of that browser, and no other’s', async () => {
    const me = await organizer();
    const [here, there] = [await open(me.cookie), await open(await me.again())];
    await hall.services.sessions.end(me.token);
    await expectClosed(here);
    await expectOpen(there);
    expect(await there.live.command(START_STEP)).toMatchObject({ ok: true });
    const late = hall.visit(`board/${NORTH}`, me.cookie);
    expect(await late.entered()).toBe(false);
    expect(late.status).toBe(401);
  });

  test('[A30] “sign out everywhere” closes all but the one it is asked from', async () => {
    const me = await organizer();
    const here = await open(me.cookie);
    const others = [await open(await me.again()), await open(await me.again())];
    await hall.services.sessions.endAll(me.account.id, me.token);
    for (const other of others) await expectClosed(other);
    await expectOpen(here);
  });

  test('[A30] a session that is over closes by itself', async () => {
    const me = await organizer();
    const here = await open(me.cookie);
    hall.ahead = 29 * DAY;
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    await expectOpen(here);
    hall.ahead = 30 * DAY + 1_000;
    await closed(here);
  });

  test('[A30] an end that another process wrote is noticed', async () => {
    const me = await organizer();
    const here = await open(me.cookie);
    const other = await openStorage({ dataDir: hall.dataDir, databaseUrl: undefined });
    await other.sessions.removeOfAccount(me.account.id);
    await other.close();
    await closed(here);
  });

  test('[A30] a session that ends between the check and the open socket opens none', async () => {
    const me = await organizer();
    const { sessions, storage } = hall.services;
    const wait = Promise.withResolvers<void>();
    const seatOfAccount = storage.people.seatOfAccount.bind(storage.people);
    storage.people.seatOfAccount = async (forum, account: AccountId) => {
      const seat = await seatOfAccount(forum, account);
      await wait.promise;
      return seat;
    };
    const late = hall.visit(`board/${NORTH}`, me.cookie);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await sessions.end(me.token);
    wait.resolve();
    expect(await late.entered()).toBe(false);
  });
});

describe('sockets by a seat’s token', () => {
  test('[A32] a device that is ended closes, and the seat’s other device stays', async () => {
    const guest = await hall.seat('facilitator');
    const { seats } = hall.services;
    const made = seats.devices.newDevice(hall.forum, 'Mozilla/5.0 (Android 14; Mobile) Firefox/140.0');
    await hall.services.storage.people.addToken(guest.seat, made.hash, made.device);
    const second = await open(`${hall.services.cookies.seat(hall.forum.id)}=${made.token}`);
    const first = await open(guest.cookie);
    const listed = await seats.devices.ofSeat(guest.seat, made.token);
    const [own, other] = [listed.find(({ isThis }) => isThis)!, listed.find(({ isThis }) => !isThis)!];
    expect([listed.length, own.name, other.name]).toEqual([2, 'Firefox, Android', null]);
    await seats.devices.end(guest.seat, own.id);
    await expectClosed(second);
    await expectOpen(first);
    // Somebody else's seat has no say.
    const stranger = await hall.seat('participant');
    const token = guest.cookie.split('=')[1]!;
    for (const id of ['', token, hashToken(token), other.id]) await seats.devices.end(stranger.seat, id);
    await expectOpen(first);
  });

  test('[A30] a removed seat closes both channels', async () => {
    const guest = await hall.seat('facilitator');
    const here = await open(guest.cookie);
    valueOf(await hall.services.seats.removals.remove(guest.seat));
    await expectClosed(here);
  });

  test('[A31] a token ends thirty days after the forum, and moves with its days', async () => {
    const { seats, storage, forums } = hall.services;
    const made = seats.devices.newDevice({ ...hall.forum, to: '2040-01-01' }, null);
    const guest = await hall.seat('facilitator');
    await storage.people.addToken(guest.seat, made.hash, made.device);
    expect(made.device.expiresAt).toBe(Date.parse('2040-02-01'));
    const here = await open(`${hall.services.cookies.seat(hall.forum.id)}=${made.token}`);
    const { version, id: _, slug: __, joinCode: ___, joinCodeExpiresAt: ____, ...details } = hall.forum;
    valueOf(await forums.update(hall.forum.id, version, { ...details, from: '2041-01-01', to: '2041-01-01' }));
    await vi.waitFor(
      async () => expect((await storage.people.device(made.hash))?.expiresAt).toBe(Date.parse('2041-02-01')),
      PATIENT,
    );
    await expectOpen(here);
    hall.ahead = Date.parse('2041-02-02') - Date.now();
    await closed(here);
  });
});
