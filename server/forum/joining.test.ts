import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as pathOf } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Forum, ForumDetails } from '#domain/forum/forum.ts';
import type { QuestionId, RoomId, SeatId, WorkshopId } from '#domain/ids.ts';
import type { Result } from '#domain/refusal.ts';
import { valueOf } from '#domain/value-of.sample.ts';
import type { DocumentName } from '#protocol/document-name.ts';
import { Accounts } from '#server/auth/accounts.ts';
import { CookieJar } from '#server/auth/cookies.ts';
import { Sessions } from '#server/auth/sessions.ts';
import { openStorage } from '#server/storage/open-storage.ts';
import type { Storage } from '#server/storage/ports/storage.ts';
import type { AtTheDoor, Joined, JoinSource } from './arrivals.ts';
import { aForumDetails, aWorkshopPlan } from './forum-details.sample.ts';
import { Forums } from './forums.ts';
import { newFormId } from './join-form.ts';
import { Seats } from './seats.ts';

const HOUR = 3_600_000;
const ORGANIZER = { email: 'aigul@example.org', name: 'Айгүл', password: 'a table with bread' };
const cookies = new CookieJar('https://forum.example');

let dataDir: string;
let now: number;
let storage: Storage;
let forums: Forums;
let sessions: Sessions;
let seats: Seats;

async function start(): Promise<void> {
  storage = await openStorage({ dataDir, databaseUrl: undefined });
  const clock = () => now;
  forums = new Forums(storage, clock);
  sessions = new Sessions(storage);
  seats = new Seats({ storage, clock, forums, sessions, cookies, takeSeat: async () => 'room00001' as RoomId });
}

beforeEach(async () => {
  dataDir = mkdtempSync(pathOf(tmpdir(), 'dastarkhan-joining-'));
  now = Date.now();
  await start();
});

afterEach(async () => {
  await storage.close();
  rmSync(dataDir, { recursive: true });
});

const refusal = <T>(result: Result<T>) => (result.ok ? 'accepted' : result.refusal);
const makeForum = async (more: Partial<ForumDetails> = {}): Promise<Forum> =>
  valueOf(await forums.create(null, aForumDetails({ agenda: [aWorkshopPlan('workshop1', ['room00001'])], ...more })));
const join = (forum: Forum, name: string, id: string | null = null, from: Partial<JoinSource> = {}) =>
  seats.join({ code: forum.joinCode, name, id }, { address: 'hall', ...from });
const seated = (result: Result<Joined | AtTheDoor>): Joined => {
  const joined = valueOf(result);
  if (joined.kind === 'waiting') throw new Error('waits at the door');
  return joined;
};
const waiting = (result: Result<Joined | AtTheDoor>): AtTheDoor => {
  const arrived = valueOf(result);
  if (arrived.kind !== 'waiting') throw new Error('has a seat');
  return arrived;
};
const cookieOf = ({ forum, token, mark }: Pick<Joined | AtTheDoor, 'forum' | 'token' | 'mark'>) =>
  `${cookies.seat(forum.id)}=${token}; ${cookies.mark}=${mark}`;

test('[S58] the name of who runs the forum is known at the door, however it is written', async () => {
  const forum = await makeForum();
  const organizer = seated(await join(forum, 'Алёна Ким'));
  expect(await seats.isNameOfLeader(forum.id, 'Алёна Ким')).toBe(false);
  valueOf(await seats.setRole(organizer.seat.id, 'facilitator'));
  for (const name of [
    'Алёна Ким',
    'АЛЕНА  КИМ',
    'алена ким\u200b',
    'Aлена Kим',
    'Алёна\u1160 Ким',
    'Алёна Ким (ведущая)',
  ]) {
    expect([name, await seats.isNameOfLeader(forum.id, name)]).toEqual([name, true]);
  }
  for (const name of ['Алёна', 'Ким Алёна', '', '🌾']) {
    expect([name, await seats.isNameOfLeader(forum.id, name)]).toEqual([name, false]);
  }
});

describe('one form is one seat', () => {
  test('[S30] ten copies at once, and one after a restart, are one seat and one cookie', async () => {
    const forum = await makeForum();
    const id = newFormId();
    const copies = (await Promise.all(Array.from({ length: 10 }, () => join(forum, 'Aida', id)))).map(seated);
    await storage.close();
    await start();
    copies.push(seated(await join(forum, 'Aida', id)));
    expect(new Set(copies.map(({ seat }) => seat.id)).size).toBe(1);
    expect(new Set(copies.map(({ token }) => token)).size).toBe(1);
    expect(new Set(copies.map(({ mark }) => mark)).size).toBe(1);
    expect(await seats.people(forum.id)).toHaveLength(1);
    expect((await seats.ofRequest({ cookie: cookieOf(copies[0]!) }, forum.id))?.seat.id).toBe(copies[0]!.seat.id);
  });

  test('[S30] other forms and other forums are other seats; what is typed anew counts', async () => {
    const [forum, other] = [await makeForum(), await makeForum({ agenda: [] })];
    const id = newFormId();
    const first = seated(await join(forum, 'Aida', id));
    expect(seated(await join(forum, 'Aida', newFormId())).seat.id).not.toBe(first.seat.id);
    const elsewhere = seated(await join(other, 'Aida', id));
    expect(elsewhere.seat.id).not.toBe(first.seat.id);
    expect(elsewhere.token).not.toBe(first.token);
    expect(seated(await join(forum, 'Aida K.', id)).seat.id).toBe(first.seat.id);
    expect((await seats.people(forum.id)).map(({ person }) => person.name).sort()).toEqual(['Aida', 'Aida K.']);
  });

  test('[S30] a form is spent after a day, and when its seat was taken away', async () => {
    const forum = await makeForum();
    const [old, removed] = [newFormId(), newFormId()];
    valueOf(await join(forum, 'Aida', old));
    valueOf(await seats.removals.remove(seated(await join(forum, 'Bolot', removed)).seat.id));
    expect(refusal(await join(forum, 'Bolot', removed))).toEqual({ kind: 'formSpent' });
    now += 24 * HOUR + 1;
    expect(refusal(await join(forum, 'Aida', old))).toEqual({ kind: 'formSpent' });
    expect(await seats.people(forum.id)).toHaveLength(1);
  });

  test('[S30] an id that could be guessed is refused', async () => {
    const forum = await makeForum();
    for (const id of ['1', 'short', 'x'.repeat(65), 'with spaces in the middle of it', 'é'.repeat(30)]) {
      expect(refusal(await join(forum, 'Aida', id))).toMatchObject({ kind: 'fieldInvalid', field: 'id' });
    }
    expect(await seats.people(forum.id)).toEqual([]);
  });

  test('[A5] the database has neither the form’s id nor what follows from it', async () => {
    const id = newFormId();
    const { token, mark } = seated(await join(await makeForum(), 'CanaryName', id));
    const database = Buffer.concat(readdirSync(dataDir).map((file) => readFileSync(pathOf(dataDir, file))));
    expect(database.includes('CanaryName')).toBe(true);
    for (const secret of [id, token!, mark]) expect(database.includes(secret)).toBe(false);
  });
});

describe('accounts', () => {
  test('[S32] the account’s seat counts before a guest’s cookie, and nobody else sits down beside it', async () => {
    const account = valueOf(await new Accounts(storage, () => now).create(ORGANIZER));
    const forum = valueOf(await forums.create(account, aForumDetails()));
    const guest = cookieOf(seated(await join(forum, 'Guest')));
    const session = `${cookies.session}=${(await sessions.create(account)).token}`;
    const both = `${guest}; ${session}`;
    expect((await seats.seatOfRequest({ cookie: both }, forum.id))?.role).toBe('organizer');
    expect((await seats.seatOfRequest({ cookie: guest }, forum.id))?.role).toBe('participant');
    const asOther = { cookie: session, asSomebodyElse: true };
    expect(refusal(await join(forum, 'Somebody', newFormId(), asOther))).toEqual({ kind: 'signedInHere' });
    expect(seated(await join(forum, 'Айгүл', newFormId(), { cookie: both })).seat.role).toBe('organizer');
    expect(await seats.people(forum.id)).toHaveLength(2);
  });

  test('[S32] without an account, somebody else sits down in the same browser', async () => {
    const forum = await makeForum();
    const first = seated(await join(forum, 'Aida'));
    const asOther = { cookie: cookieOf(first), asSomebodyElse: true };
    expect(seated(await join(forum, 'Bolot', newFormId(), asOther)).seat.id).not.toBe(first.seat.id);
  });

  test('[S47] somebody else in the browser takes nothing from the seat before, however often the form is sent', async () => {
    const forum = await makeForum();
    const first = seated(await join(forum, 'Aida'));
    const asOther = { cookie: cookieOf(first), asSomebodyElse: true };
    const id = newFormId();
    const copies = (await Promise.all(Array.from({ length: 4 }, () => join(forum, 'Bolot', id, asOther)))).map(seated);
    // The browser has the new cookie by now.
    copies.push(seated(await join(forum, 'Bolot', id, { ...asOther, cookie: cookieOf(copies[0]!) })));
    expect(new Set(copies.map(({ seat, token }) => `${seat.id} ${token}`)).size).toBe(1);
    expect(copies[0]!.token).not.toBe(first.token);
    expect((await seats.people(forum.id)).map(({ person }) => person.name).sort()).toEqual(['Aida', 'Bolot']);
    expect((await seats.seatOfRequest({ cookie: cookieOf(first) }, forum.id))?.id).toBe(first.seat.id);
  });
});

describe('a full forum', () => {
  test('[S33] however many come at once, as many sit down as there are seats, and the others wait in order', async () => {
    const forum = await makeForum({ seats: 3 });
    const coming = Array.from({ length: 8 }, (_, guest) => join(forum, `Guest ${guest}`, newFormId()));
    const arrived = (await Promise.all(coming)).map(valueOf);
    expect(arrived.filter(({ kind }) => kind === 'seated')).toHaveLength(3);
    const places = arrived.flatMap((place) => (place.kind === 'waiting' ? [place] : []));
    expect(await seats.people(forum.id)).toHaveLength(3);
    const now = await Promise.all(places.map(({ token }) => seats.door.placeOf(token)));
    expect(now.map((place) => place?.before).sort()).toEqual([0, 1, 2, 3, 4]);
    expect((await seats.door.of(forum.id)).count).toBe(5);
  });

  test('[S33] a form that waits waits once, and keeps its place over a restart', async () => {
    const forum = await makeForum({ seats: 0 });
    const id = newFormId();
    const copies = (await Promise.all(Array.from({ length: 5 }, () => join(forum, 'Aida', id)))).map(waiting);
    now += 1;
    await join(forum, 'Bolot', newFormId());
    await storage.close();
    await start();
    expect(waiting(await join(forum, 'Aida', id))).toMatchObject({ before: 0, token: copies[0]!.token });
    expect(waiting(await join(forum, 'Aida', null, { cookie: cookieOf(copies[0]!) }))).toMatchObject({ before: 0 });
    expect((await seats.door.of(forum.id)).count).toBe(2);
  });

  test('[S33] a seat that was taken away, or a number that was raised, lets the next one in', async () => {
    const forum = await makeForum({ seats: 1 });
    const first = seated(await join(forum, 'Aida'));
    waiting(await join(forum, 'Bolot'));
    now += 1;
    waiting(await join(forum, 'Chynara'));
    const names = async () => (await seats.people(forum.id)).map(({ person }) => person.name).sort();
    valueOf(await seats.removals.remove(first.seat.id));
    expect(await names()).toEqual(['Bolot']); // and nobody who comes later
    now += 1;
    waiting(await join(forum, 'Dilnoza'));
    const { id, slug, version, joinCode, joinCodeExpiresAt, ...details } = forum;
    valueOf(await forums.update(id, version, { ...details, seats: 2 }));
    await seats.fillChairs(id);
    expect(await names()).toEqual(['Bolot', 'Chynara']);
    expect((await seats.door.of(id)).count).toBe(1);
    expect([slug, joinCode, joinCodeExpiresAt]).toBeDefined();
  });

  test('[S33] a flood from one address goes to the door; from another one sits down at once', async () => {
    const forum = await makeForum({ seats: 5_000, agenda: [] });
    const come = async (address: string) => valueOf(await join(forum, 'Guest', null, { address })).kind;
    const flood = await Promise.all(Array.from({ length: 1_510 }, () => come('flood')));
    expect(flood.filter((kind) => kind === 'seated')).toHaveLength(1_500);
    expect(await come('elsewhere')).toBe('seated');
    now += 60_000;
    expect(await come('flood')).toBe('seated');
  });

  test('[S34] who is let in sits by the cookie they wait with, and who listens hears of it', async () => {
    const forum = await makeForum({ seats: 0 });
    const heard: unknown[] = [];
    seats.onChange((_, changes) => heard.push(changes?.map(({ person }) => person.name)));
    const names = ['Aida', 'Bolot', 'Chynara'];
    const places: AtTheDoor[] = [];
    for (const name of names) {
      now += 1;
      places.push(waiting(await join(forum, name, newFormId())));
    }
    const [first, second, third] = places;
    expect(await seats.ofRequest({ cookie: cookieOf(first!) }, forum.id)).toBeNull();
    expect(await seats.door.letIn(forum.id, 1)).toBe(1);
    const { first: left } = await seats.door.of(forum.id);
    expect(left.map(({ person }) => person.name)).toEqual(['Bolot', 'Chynara']);
    expect((await seats.ofRequest({ cookie: cookieOf(first!) }, forum.id))?.person.name).toBe('Aida');
    expect(await seats.door.letInOne(forum.id, left[1]!.person.seatId)).toBe(true);
    expect((await seats.ofRequest({ cookie: cookieOf(third!) }, forum.id))?.person.name).toBe('Chynara');
    expect((await seats.door.placeOf(second!.token))?.before).toBe(0);
    expect(await seats.door.letInOne(forum.id, left[1]!.person.seatId)).toBe(false);
    expect(heard).toEqual([['Aida'], ['Chynara']]);
  });

  test('[S34] another forum’s door stays shut', async () => {
    const [forum, other] = [await makeForum({ seats: 0 }), await makeForum({ agenda: [] })];
    const place = waiting(await join(forum, 'Aida'));
    const { first } = await seats.door.of(forum.id);
    expect(await seats.door.letInOne(other.id, first[0]!.person.seatId)).toBe(false);
    expect(await seats.door.placeOfRequest({ cookie: cookieOf({ ...place, forum: other }) }, other.id)).toBeNull();
  });

  test('[S34] who is kept out at the door is among the removed and can be let in again', async () => {
    const forum = await makeForum({ seats: 0 });
    const place = waiting(await join(forum, 'Aida', newFormId()));
    const { first } = await seats.door.of(forum.id);
    expect(await seats.door.keepOut(forum.id, first[0]!.person.seatId)).toBe(true);
    expect(refusal(await join(forum, 'Aida', newFormId(), { cookie: cookieOf(place) }))).toEqual({ kind: 'keptOut' });
    const [removed] = await seats.removals.of(forum.id);
    expect(removed).toMatchObject({ keptOut: true, person: { name: 'Aida' } });
    valueOf(await seats.removals.letInAgain(removed!.seat.id));
    expect((await seats.ofRequest({ cookie: cookieOf(place) }, forum.id))?.person.name).toBe('Aida');
  });
});

describe('a hall that strangers have filled', () => {
  const names = async (forum: Forum) => (await seats.people(forum.id)).map(({ person }) => person.name).sort();

  test('[S59] all at the door are sent away at once, may come again, and wait again where they waited when it is taken back', async () => {
    const [forum, other] = [await makeForum({ seats: 0 }), await makeForum({ seats: 0, agenda: [] })];
    const places: AtTheDoor[] = [];
    for (let index = 0; index < 450; index += 1) {
      now += 1;
      places.push(waiting(await join(forum, `Guest ${index}`, newFormId())));
    }
    waiting(await join(other, 'Elsewhere'));
    let told = 0;
    seats.door.onChange(() => (told += 1));
    const kept = await seats.door.keepOut(forum.id, (await seats.door.of(forum.id)).first[0]!.person.seatId);
    now += 1;
    const sent = await seats.door.sendAway(forum.id, 448); // as many as were shown
    expect([kept, sent, told]).toEqual([true, { at: now, count: 448 }, 2]);
    const left = await seats.door.of(forum.id);
    expect(left.first.map(({ person }) => person.name)).toEqual(['Guest 449']);
    expect((await seats.door.of(other.id)).count).toBe(1);
    expect(await seats.ofRequest({ cookie: cookieOf(places[7]!) }, forum.id)).toBeNull();
    waiting(await join(forum, 'Guest 7', newFormId(), { cookie: cookieOf(places[7]!) }));
    expect(await seats.door.takeBack(other.id, sent.at)).toBe(0);
    expect(await seats.door.takeBack(forum.id, sent.at)).toBe(448);
    expect(await seats.door.takeBack(forum.id, sent.at)).toBe(0);
    expect((await seats.door.placeOf(places[1]!.token))?.before).toBe(0);
    expect((await seats.door.placeOf(places[8]!.token))?.before).toBe(7);
    expect(await seats.door.letIn(forum.id, 2)).toBe(2);
    expect((await seats.ofRequest({ cookie: cookieOf(places[2]!) }, forum.id))?.person.name).toBe('Guest 2');
    expect((await seats.removals.of(forum.id)).map(({ person }) => person.name)).toEqual(['Guest 0']);
  });

  test('[S59] whoever asked a question has written, also when it was taken back', async () => {
    const forum = await makeForum();
    const other = await makeForum({ agenda: [aWorkshopPlan('workshop2', ['room00002'])] });
    const aida = seated(await join(forum, 'Aida')).seat.id;
    seated(await join(forum, 'Bolot'));
    seated(await join(other, 'Chinara'));
    const question = 'question1' as QuestionId;
    const asked = { kind: 'questionAsked', question, circle: null, seat: aida, text: 'Who?', lang: 'en' } as const;
    await storage.events.append(
      'workshop1' as WorkshopId,
      0,
      [
        { ...asked, at: now },
        { kind: 'questionTakenBack', question, at: now },
      ],
      null,
    );
    const silentIn = async ({ id }: Forum) =>
      (await seats.removals.silentSince(id, 0)).map(({ person }) => person.name);
    expect(await silentIn(forum)).toEqual(['Bolot']);
    expect(await silentIn(other)).toEqual(['Chinara']);
    expect((await seats.removals.removeMany(forum.id, new Set([aida]))).count).toBe(0);
  });

  test('[S59] many seats go at once and come back as one: of guests who came lately and wrote nothing', async () => {
    const forum = await makeForum({ seats: 6, agenda: [] });
    const aida = seated(await join(forum, 'Aida'));
    now += 60_000;
    const since = now;
    const bolot = seated(await join(forum, 'Bolot'));
    const strangers = [];
    for (const name of ['X1', 'X2', 'X3', 'X4']) {
      now += 1;
      strangers.push(seated(await join(forum, name)));
    }
    waiting(await join(forum, 'X5'));
    valueOf(await seats.setRole(strangers[3]!.seat.id, 'facilitator'));
    const board = 'board/room1' as DocumentName;
    await storage.documents.read(board);
    const row = { document: board, seq: 1, update: new Uint8Array([0, 0]), seat: bolot.seat.id, at: now };
    await storage.documents.append([row], {
      leases: [{ document: board, client: 7, seat: bolot.seat.id }],
      guards: [],
    });
    const silent = await seats.removals.silentSince(forum.id, since);
    expect(silent.map(({ person }) => person.name)).toEqual(['X3', 'X2', 'X1']);
    now += 1;
    const chosen = new Set([...strangers, aida, bolot].map(({ seat }) => seat.id)).add('elsewhere' as SeatId);
    chosen.delete(strangers[2]!.seat.id);
    chosen.delete(aida.seat.id);
    const removed = await seats.removals.removeMany(forum.id, chosen);
    expect(removed).toEqual({ at: now, count: 2 });
    expect(await names(forum)).toEqual(['Aida', 'Bolot', 'X3', 'X4']);
    expect(await seats.ofRequest({ cookie: cookieOf(strangers[0]!) }, forum.id)).toBeNull();
    await seats.fillChairs(forum.id);
    now += 1;
    valueOf(await seats.removals.remove(strangers[2]!.seat.id));
    expect(await names(forum)).toEqual(['Aida', 'Bolot', 'X4']); // nobody came in from the door
    expect(seated(await join(forum, 'Dilnoza')).person.name).toBe('Dilnoza');
    expect(await seats.removals.takeBack(forum.id, removed.at - 1)).toBe(0);
    expect(await seats.removals.takeBack(forum.id, removed.at)).toBe(2);
    expect((await seats.ofRequest({ cookie: cookieOf(strangers[0]!) }, forum.id))?.person.name).toBe('X1');
    expect(await seats.door.letIn(forum.id, 5)).toBe(1);
  });
});

describe('taken away, kept out, let in again', () => {
  test('[S35] a seat that was taken away comes back with its devices; until then the code gives a new one', async () => {
    const forum = await makeForum();
    const first = seated(await join(forum, 'Aida'));
    const phone = valueOf(await seats.moves.claim(await seats.moves.link(first.seat.id)));
    valueOf(await seats.removals.remove(first.seat.id));
    const second = seated(await join(forum, 'Aida', newFormId(), { cookie: cookieOf(first) }));
    expect(second.seat.id).not.toBe(first.seat.id);
    valueOf(await seats.removals.letInAgain(first.seat.id));
    for (const token of [first.token, phone.token]) {
      const cookie = cookieOf({ ...first, token });
      expect((await seats.ofRequest({ cookie }, forum.id))?.seat).toEqual(first.seat);
    }
    expect(refusal(await seats.removals.letInAgain(first.seat.id))).toEqual({ kind: 'seatUnknown' });
  });

  test('[S36] a device that is kept out gets no seat, as whoever it comes; its neighbour does', async () => {
    const forum = await makeForum();
    const first = seated(await join(forum, 'Aida'));
    valueOf(await seats.removals.remove(first.seat.id, true));
    const cookie = cookieOf(first);
    const onlyMark = `${cookies.mark}=${first.mark}`;
    for (const from of [{ cookie }, { cookie, asSomebodyElse: true }, { cookie: onlyMark }]) {
      expect(refusal(await join(forum, 'Bolot', newFormId(), from))).toEqual({ kind: 'keptOut' });
    }
    seated(await join(forum, 'Neighbour', newFormId()));
    seated(await join(await makeForum({ agenda: [] }), 'Aida', newFormId(), { cookie }));
    valueOf(await seats.removals.letInAgain(first.seat.id));
    expect(seated(await join(forum, 'Aida', null, { cookie })).seat.id).toBe(first.seat.id);
  });

  test('[S37] two seats of one guest are joined and parted again', async () => {
    const forum = await makeForum();
    const [first, second] = [seated(await join(forum, 'Aida')), seated(await join(forum, 'Aida K.'))];
    const third = seated(await join(forum, 'Aida Karimova'));
    valueOf(await seats.removals.joinInto(second.seat.id, first.seat.id));
    valueOf(await seats.removals.joinInto(first.seat.id, third.seat.id));
    expect(await seats.people(forum.id)).toHaveLength(1);
    for (const { token } of [first, second, third]) {
      const cookie = cookieOf({ ...first, token });
      expect((await seats.seatOfRequest({ cookie }, forum.id))?.id).toBe(third.seat.id);
    }
    const removed = await seats.removals.of(forum.id);
    expect(removed.map(({ sameAs }) => sameAs)).toEqual(['Aida Karimova', 'Aida Karimova']);
    valueOf(await seats.removals.letInAgain(second.seat.id));
    expect((await seats.seatOfRequest({ cookie: cookieOf(second) }, forum.id))?.id).toBe(second.seat.id);
    expect(refusal(await seats.removals.joinInto(second.seat.id, second.seat.id))).toEqual({ kind: 'seatUnknown' });
  });

  test('[S37] an account’s seat is joined with none, and no seat with one of another forum', async () => {
    const account = valueOf(await new Accounts(storage, () => now).create(ORGANIZER));
    const forum = valueOf(await forums.create(account, aForumDetails()));
    const guest = seated(await join(forum, 'Guest'));
    const organizer = (await seats.people(forum.id)).find(({ seat }) => seat.role === 'organizer');
    expect(refusal(await seats.removals.joinInto(guest.seat.id, organizer!.seat.id))).toEqual({ kind: 'notAllowed' });
    const elsewhere = seated(await join(await makeForum({ agenda: [] }), 'Guest'));
    expect(refusal(await seats.removals.joinInto(guest.seat.id, elsewhere.seat.id))).toEqual({ kind: 'seatUnknown' });
  });
});
