import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as pathOf } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Forum, ForumDetails } from '#domain/forum/forum.ts';
import type { Actor } from '#domain/forum/seat.ts';
import type { RoomId, WorkshopId } from '#domain/ids.ts';
import type { Result } from '#domain/refusal.ts';
import { valueOf } from '#domain/value-of.sample.ts';
import { Accounts } from '#server/auth/accounts.ts';
import { CookieJar } from '#server/auth/cookies.ts';
import { Sessions } from '#server/auth/sessions.ts';
import { openStorage } from '#server/storage/open-storage.ts';
import type { Storage } from '#server/storage/ports/storage.ts';
import { aForumDetails, aWorkshopPlan } from './forum-details.sample.ts';
import { Forums } from './forums.ts';
import type { AtTheDoor, Joined } from './arrivals.ts';
import { Seats } from './seats.ts';

const ORGANIZER = { email: 'aigul@example.org', name: 'Айгүл', password: 'a table with bread' };

let dataDir: string;
let storage: Storage;
let now: number;
let forums: Forums;
let seats: Seats;
let sessions: Sessions;
let accounts: Accounts;
let placed: { workshop: WorkshopId; actor: Actor }[];
const cookies = new CookieJar('https://forum.example');

beforeEach(async () => {
  dataDir = mkdtempSync(pathOf(tmpdir(), 'dastarkhan-seats-'));
  storage = await openStorage({ dataDir, databaseUrl: undefined });
  now = Date.now();
  const clock = () => now;
  forums = new Forums(storage, clock);
  sessions = new Sessions(storage);
  placed = [];
  const takeSeat = async (workshop: WorkshopId, actor: Actor) => {
    placed.push({ workshop, actor });
    return 'room00001' as RoomId;
  };
  seats = new Seats({ storage, clock, forums, sessions, cookies, takeSeat });
  accounts = new Accounts(storage, clock, (forum) => seats.announce(forum));
});

afterEach(async () => {
  await storage.close();
  rmSync(dataDir, { recursive: true });
});

const refusal = <T>(result: Result<T>) => (result.ok ? 'accepted' : result.refusal);
const makeForum = async (more: Partial<ForumDetails> = {}): Promise<Forum> =>
  valueOf(await forums.create(null, aForumDetails({ agenda: [aWorkshopPlan('workshop1', ['room00001'])], ...more })));
const seated = (result: Result<Joined | AtTheDoor>): Result<Joined> => {
  if (result.ok && result.value.kind === 'waiting') throw new Error('waits at the door');
  return result as Result<Joined>;
};
const join = async (...[form, from]: Parameters<Seats['join']>) => seated(await seats.join(form, from));
const seat = (forum: Forum, name: string, cookie?: string) =>
  join({ code: forum.joinCode, name }, { address: 'hall', cookie });
const cookieOf = ({ forum, token }: Pick<Joined, 'forum' | 'token'>) => `${cookies.seat(forum.id)}=${token}`;

const WORKSHOP = 'workshop0001' as WorkshopId;

describe('joining by code', () => {
  test('[S1] a guest gets a seat, a room and a board', async () => {
    const forum = await makeForum();
    const form = { code: forum.joinCode, name: ' Гүлнара ', country: 'kg', organisation: 'Library', language: 'ky' };
    const joined = valueOf(await join(form, { address: 'hall' }));
    expect(joined.seat).toMatchObject({ forumId: forum.id, role: 'participant', accountId: null, joinedAt: now });
    expect(joined.person).toMatchObject({ name: 'Гүлнара', country: 'KG', organisation: 'Library', language: 'ky' });
    expect(joined).toMatchObject({ workshop: 'workshop1', roomId: 'room00001', document: 'board/room00001' });
    expect(placed).toEqual([{ workshop: 'workshop1', actor: { seatId: joined.seat.id, role: 'participant' } }]);
    expect(await seats.ofRequest({ cookie: cookieOf(joined) }, forum.id)).toEqual({
      seat: joined.seat,
      person: joined.person,
    });
  });

  test('[S1] a forum without a workshop has seats and no room', async () => {
    const joined = valueOf(await seat(await makeForum({ agenda: [] }), 'A'));
    expect(joined).toMatchObject({ workshop: null, roomId: null, document: null });
    expect(placed).toEqual([]);
  });

  test('[S2] the same browser gets the same seat, with the new name', async () => {
    const forum = await makeForum();
    const first = valueOf(await seat(forum, 'Gulnara'));
    const again = valueOf(await seat(forum, 'Gülnara', cookieOf(first)));
    expect(again.seat).toEqual(first.seat);
    expect(again.token).toBeNull();
    expect((await seats.people(forum.id)).map(({ person }) => person.name)).toEqual(['Gülnara']);
  });

  test('[S2] another browser, another forum and a removed seat get a new seat', async () => {
    const [forum, other] = [await makeForum(), await makeForum({ agenda: [] })];
    const first = valueOf(await seat(forum, 'A'));
    expect(valueOf(await seat(forum, 'A')).seat.id).not.toBe(first.seat.id);
    const renamed = cookieOf({ forum: other, token: first.token });
    expect(valueOf(await seat(other, 'A', renamed)).seat.id).not.toBe(first.seat.id);
    valueOf(await seats.removals.remove(first.seat.id));
    const back = valueOf(await seat(forum, 'A', cookieOf(first)));
    expect(back.seat.id).not.toBe(first.seat.id);
    expect(back.token).not.toBeNull();
  });

  test('[S2] an organizer who joins by code stays the organizer', async () => {
    const account = valueOf(await accounts.create(ORGANIZER));
    const forum = valueOf(await forums.create(account, aForumDetails()));
    const session = `${cookies.session}=${(await sessions.create(account)).token}`;
    const joined = valueOf(await seat(forum, 'Айгүл', session));
    expect(joined).toMatchObject({ seat: { role: 'organizer' }, token: null });
    expect(await seats.people(forum.id)).toHaveLength(1);
  });

  test('[S3] a name has 1 to 80 visible characters; what could disguise it is taken out', async () => {
    const forum = await makeForum();
    for (const name of ['', '  ', '\u0000\u202e', '\u200e']) {
      expect(refusal(await seat(forum, name))).toEqual({ kind: 'fieldMissing', field: 'name' });
    }
    expect(refusal(await seat(forum, '—'))).toMatchObject({ kind: 'fieldInvalid', field: 'name' });
    expect(refusal(await seat(forum, 'x'.repeat(81)))).toMatchObject({ kind: 'fieldInvalid', field: 'name' });
    expect(valueOf(await seat(forum, '😀'.repeat(79) + 'x')).person.name).toHaveLength(159);
    expect(valueOf(await seat(forum, '👩‍🌾')).person.name).toBe('👩‍🌾');
    expect(valueOf(await seat(forum, 'Bob\u202e\u0007\n Smith')).person.name).toBe('Bob Smith');
    expect(valueOf(await seat(forum, 'نور\u200cجہاں')).person.name).toBe('نور\u200cجہاں');
    expect(await seats.people(forum.id)).toHaveLength(4);
  });

  test('[S4] country and organisation are asked for as the forum says', async () => {
    const strict = await makeForum({
      joinForm: { country: 'required', organisation: 'hidden', namesInOutcome: true },
    });
    const from = { address: 'hall' };
    const form = { code: strict.joinCode, name: 'A' };
    expect(refusal(await join(form, from))).toEqual({ kind: 'fieldMissing', field: 'country' });
    const joined = valueOf(await join({ ...form, country: 'KZ', organisation: 'Secret Bureau' }, from));
    expect(joined.person).toMatchObject({ country: 'KZ', organisation: null, language: strict.language });
    expect(refusal(await join({ ...form, country: 'KZ', language: 'klingon' }, from))).toMatchObject({
      kind: 'fieldInvalid',
      field: 'language',
    });
  });

  test('[S54] a country is taken in any language and spelling; what names none stays as it was written', async () => {
    for (const asks of ['required', 'optional'] as const) {
      const forum = await makeForum({
        agenda: [],
        joinForm: { country: asks, organisation: 'hidden', namesInOutcome: true },
      });
      const person = async (country: string) =>
        valueOf(await join({ code: forum.joinCode, name: 'A', country }, { address: 'hall' })).person.country;
      expect(await person('Кыргызстан')).toBe('KG');
      expect(await person('Қазақстан')).toBe('KZ');
      expect(await person('O‘zbekiston')).toBe('UZ');
      expect(await person('Kyrgyz Republic')).toBe('KG');
      expect(await person(' 🇹🇯 ')).toBe('TJ');
      expect(await person('XX')).toBe('XX');
      expect(await person('Между двух стран')).toBe('Между двух стран');
      expect(
        refusal(await join({ code: forum.joinCode, name: 'A', country: 'x'.repeat(81) }, { address: 'hall' })),
      ).toEqual({
        kind: 'fieldInvalid',
        field: 'country',
        reason: 'must have at most 80 characters',
      });
    }
  });

  test('[S56] a language is taken by its own name too', async () => {
    const forum = await makeForum({ agenda: [] });
    const person = async (language: string) =>
      valueOf(await join({ code: forum.joinCode, name: 'A', language }, { address: 'hall' })).person.language;
    expect(await person('Кыргызча')).toBe('ky');
    expect(await person('UZ_cyrl')).toBe('uz-Cyrl');
    expect(await person('اردو')).toBe('ur');
  });

  test('[S5] wrong codes are slowed down by address; joining a full hall is not', async () => {
    const forum = await makeForum();
    for (let guest = 0; guest < 40; guest += 1) valueOf(await seat(forum, `Guest ${guest}`));
    for (let guess = 0; guess < 10; guess += 1) {
      expect(refusal(await seats.codes.forumOf('ZZZZ-ZZZZ', 'hall'))).toEqual({ kind: 'codeUnknown' });
    }
    expect(refusal(await seats.codes.forumOf('ZZZZ-ZZZZ', 'hall'))).toMatchObject({ kind: 'tooManyTries' });
    valueOf(await join({ code: forum.joinCode, name: 'Late' }, { address: 'elsewhere' }));
  });

  test('[S5] who guesses in a hall keeps none of its guests out, and learns of no other forum', async () => {
    const [forum, other] = [await makeForum(), await makeForum({ agenda: [] })];
    valueOf(await seat(forum, 'Early'));
    for (let guess = 0; guess < 10; guess += 1) await seats.codes.forumOf('ZZZZ-ZZZZ', 'hall');
    valueOf(await seat(forum, 'Late'));
    expect(refusal(await seats.codes.forumOf(other.joinCode, 'hall'))).toMatchObject({ kind: 'tooManyTries' });
    now += 2_000;
    valueOf(await seats.codes.forumOf(other.joinCode, 'hall'));
  });

  test('[S5] two forums in one house: who guesses there keeps out the guests of neither', async () => {
    const [one, other] = [await makeForum(), await makeForum({ agenda: [] })];
    valueOf(await seat(one, 'Early'));
    valueOf(await seat(other, 'Next door'));
    for (let guess = 0; guess < 20; guess += 1) await seats.codes.forumOf('ZZZZ-ZZZZ', 'hall');
    valueOf(await seat(one, 'Late'));
    valueOf(await seat(other, 'Later'));
  });

  test('[S5] where nobody sits yet, a guesser waits with the right code too', async () => {
    const forum = await makeForum();
    for (let guess = 0; guess < 10; guess += 1) await seats.codes.forumOf('ZZZZ-ZZZZ', 'hall');
    expect(refusal(await seat(forum, 'Guesser'))).toMatchObject({ kind: 'tooManyTries' });
  });

  test('[S5] an ended code is told from an unknown one', async () => {
    const forum = await makeForum();
    valueOf(await forums.setCodeExpiry(forum.id, 1, now - 1));
    expect(refusal(await seat(forum, 'A'))).toEqual({ kind: 'codeExpired' });
  });
});

describe('who a request is', () => {
  test('[S6] the seat of a cookie counts in its own forum only', async () => {
    const [forum, other] = [await makeForum(), await makeForum({ agenda: [] })];
    const joined = valueOf(await seat(forum, 'A'));
    expect(await seats.ofRequest({ cookie: cookieOf(joined) }, other.id)).toBeNull();
    expect(await seats.ofRequest({ cookie: cookieOf({ forum: other, token: joined.token }) }, other.id)).toBeNull();
    expect(await seats.ofRequest({}, forum.id)).toBeNull();
    // Without its prefix a neighbour on the same domain could have set it.
    expect(await seats.ofRequest({ cookie: `seat-${forum.id}=${joined.token}` }, forum.id)).toBeNull();
  });

  test('[S6] a session gives the seat of its account; an ended one nothing', async () => {
    const account = valueOf(await accounts.create(ORGANIZER));
    const forum = valueOf(await forums.create(account, aForumDetails()));
    const { token } = await sessions.create(account);
    const cookie = `${cookies.session}=${token}`;
    expect(await seats.accountOfRequest({ cookie })).toEqual(account);
    expect((await seats.ofRequest({ cookie }, forum.id))?.seat.role).toBe('organizer');
    await sessions.end(token);
    expect(await seats.accountOfRequest({ cookie })).toBeNull();
    expect(await seats.ofRequest({ cookie }, forum.id)).toBeNull();
  });

  test('[S7] a removed seat is nobody at once, and who listens hears of it', async () => {
    const forum = await makeForum();
    const heard: string[] = [];
    const stop = seats.onChange((id) => heard.push(id));
    const joined = valueOf(await seat(forum, 'A'));
    valueOf(await seats.removals.remove(joined.seat.id));
    expect(await seats.ofRequest({ cookie: cookieOf(joined) }, forum.id)).toBeNull();
    expect(await seats.people(forum.id)).toEqual([]);
    expect(heard).toEqual([forum.id, forum.id]);
    expect(refusal(await seats.removals.remove(joined.seat.id))).toEqual({ kind: 'seatUnknown' });
    stop();
    await seat(forum, 'B');
    expect(heard).toHaveLength(2);
  });
});

describe('another device', () => {
  test('[S8] a seat moves to another device by its link, once; the first device stays', async () => {
    const forum = await makeForum();
    const joined = valueOf(await seat(forum, 'A'));
    const link = await seats.moves.link(joined.seat.id);
    const moved = valueOf(await seats.moves.claim(link));
    expect(moved.seat).toEqual(joined.seat);
    for (const cookie of [cookieOf(joined), cookieOf({ forum, token: moved.token })]) {
      expect((await seats.ofRequest({ cookie }, forum.id))?.seat.id).toBe(joined.seat.id);
    }
    expect(refusal(await seats.moves.claim(link))).toEqual({ kind: 'linkTaken' });
  });

  test('[W166] a link makes a machine the screen: an observer’s seat, once, within ten minutes, and no invitation', async () => {
    const forum = await makeForum();
    const heard: string[] = [];
    seats.onChange((id) => heard.push(id));
    const link = valueOf(await seats.moves.screenLink(forum, WORKSHOP, 'Screen'));
    expect([await seats.moves.isForScreen(link), await seats.people(forum.id)]).toEqual([true, []]);
    expect(refusal(await accounts.acceptInvite(link, ORGANIZER))).toEqual({ kind: 'linkUnknown' });
    const { seat: screen, token, ...made } = valueOf(await seats.moves.claim(link));
    expect(made).toMatchObject({ forum: { id: forum.id }, screen: WORKSHOP });
    expect(screen).toMatchObject({ role: 'observer', accountId: null });
    expect((await seats.people(forum.id)).map(({ person }) => person.name)).toEqual(['Screen']);
    expect(heard).toEqual([forum.id]);
    expect((await seats.ofRequest({ cookie: cookieOf({ forum, token }) }, forum.id))?.seat.id).toBe(screen.id);
    expect(refusal(await seats.moves.claim(link))).toEqual({ kind: 'linkTaken' });
    const late = valueOf(await seats.moves.screenLink(forum, WORKSHOP, 'Screen'));
    now += 10 * 60_000;
    expect(refusal(await seats.moves.claim(late))).toEqual({ kind: 'linkUnknown' });
    expect(await seats.moves.isForScreen('nothing')).toBe(false);
  });

  test('[S8] the link ends after ten minutes, with the seat, and is no invitation', async () => {
    const forum = await makeForum();
    const { id } = valueOf(await seat(forum, 'A')).seat;
    const [late, removed] = [await seats.moves.link(id), await seats.moves.link(id)];
    expect(refusal(await seats.moves.claim(await seats.invite(forum.id, 'organizer', null)))).toEqual({
      kind: 'linkUnknown',
    });
    expect(refusal(await accounts.acceptInvite(late, ORGANIZER))).toEqual({ kind: 'linkUnknown' });
    valueOf(await seats.removals.remove(id));
    expect(refusal(await seats.moves.claim(removed))).toEqual({ kind: 'seatUnknown' });
    now += 10 * 60_000;
    expect(refusal(await seats.moves.claim(late))).toEqual({ kind: 'linkUnknown' });
  });
});

describe('roles', () => {
  test('[S9] an invitation by link seats a facilitator, and is announced', async () => {
    const forum = await makeForum();
    const heard: string[] = [];
    seats.onChange((id) => heard.push(id));
    const token = await seats.invite(forum.id, 'facilitator', null);
    valueOf(await accounts.acceptInvite(token, ORGANIZER));
    expect((await seats.people(forum.id)).map(({ seat }) => seat.role)).toEqual(['facilitator']);
    expect(heard).toEqual([forum.id]);
  });

  test('[S10] a forum keeps an organizer, who has an account', async () => {
    const account = valueOf(await accounts.create(ORGANIZER));
    const forum = valueOf(await forums.create(account, aForumDetails()));
    const [organizer] = await seats.people(forum.id);
    const guest = valueOf(await seat(forum, 'Guest'));
    expect(refusal(await seats.removals.remove(organizer!.seat.id))).toEqual({ kind: 'notAllowed' });
    expect(refusal(await seats.setRole(organizer!.seat.id, 'observer'))).toEqual({ kind: 'notAllowed' });
    expect(refusal(await seats.setRole(guest.seat.id, 'organizer'))).toEqual({ kind: 'notAllowed' });
    valueOf(await seats.setRole(guest.seat.id, 'facilitator'));
    const second = valueOf(await accounts.create({ ...ORGANIZER, email: 'second@example.org' }));
    valueOf(await accounts.acceptInvite(await seats.invite(forum.id, 'organizer', organizer!.seat.id), second));
    valueOf(await seats.removals.remove(organizer!.seat.id));
  });
});

test('[A5] the database has no seat token and no link', async () => {
  const joined = valueOf(await seat(await makeForum(), 'CanaryName'));
  const secrets = [joined.token!, await seats.moves.link(joined.seat.id)];
  const database = Buffer.concat(readdirSync(dataDir).map((file) => readFileSync(pathOf(dataDir, file))));
  expect(database.includes('CanaryName')).toBe(true);
  for (const secret of secrets) expect(database.includes(secret)).toBe(false);
});
