import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as pathOf } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Forum, ForumDetails } from '#domain/forum/forum.ts';
import type { Seat } from '#domain/forum/seat.ts';
import type { SeatId } from '#domain/ids.ts';
import { LIMITS } from '#domain/limits.ts';
import { valueOf } from '#domain/value-of.sample.ts';
import { CookieJar } from '#server/auth/cookies.ts';
import { Sessions } from '#server/auth/sessions.ts';
import { openStorage } from '#server/storage/open-storage.ts';
import type { Storage } from '#server/storage/ports/storage.ts';
import { aForumDetails } from './forum-details.sample.ts';
import { Forums } from './forums.ts';
import type { SeatChange } from './seat-change.ts';
import { Seats } from './seats.ts';

let dataDir: string;
let storage: Storage;
let now: number;
let forums: Forums;
let seats: Seats;
let heard: SeatChange[];

beforeEach(async () => {
  dataDir = mkdtempSync(pathOf(tmpdir(), 'dastarkhan-correct-'));
  storage = await openStorage({ dataDir, databaseUrl: undefined });
  now = Date.now();
  const clock = () => now;
  forums = new Forums(storage, clock);
  const sessions = new Sessions(storage);
  const cookies = new CookieJar('https://forum.example');
  seats = new Seats({ storage, clock, forums, sessions, cookies, takeSeat: () => Promise.resolve(null) });
  heard = [];
});
afterEach(async () => {
  await storage.close();
  rmSync(dataDir, { recursive: true });
});

const JOIN_FORM = { country: 'required', organisation: 'optional', namesInOutcome: true } as const;

async function guest(more: Partial<ForumDetails> = {}): Promise<{ forum: Forum; seat: Seat }> {
  const forum = valueOf(await forums.create(null, aForumDetails({ joinForm: JOIN_FORM, ...more })));
  const form = { code: forum.joinCode, name: 'Aidaa', country: 'KG', organisation: 'Press', language: 'ky' };
  const joined = valueOf(await seats.join(form, { address: '192.0.2.1' }));
  if (joined.kind === 'waiting') throw new Error('waits at the door');
  seats.onChange((_, changes) => void heard.push(...(changes ?? [])));
  return { forum, seat: joined.seat };
}
const GOOD = { name: 'Aida', country: 'KZ', organisation: '', language: 'ru' };

test('[S49] a corrected person is stored and told, the seat stays', async () => {
  const { seat } = await guest();
  const person = { seatId: seat.id, name: 'Aida', country: 'KZ', organisation: null, language: 'ru' };
  expect(await seats.correct(seat, GOOD)).toEqual({ ok: true, value: person });
  expect(await storage.people.person(seat.id)).toEqual(person);
  expect(heard).toEqual([{ seat, person }]);
});

test('[S49] [S3] [S4] what the door would refuse changes nothing, with the same words', async () => {
  const { seat } = await guest();
  const before = await storage.people.person(seat.id);
  const wrong = [
    [
      { ...GOOD, name: ' \u202e ' },
      { kind: 'fieldMissing', field: 'name' },
    ],
    [
      { ...GOOD, name: 'x'.repeat(81) },
      { kind: 'fieldInvalid', field: 'name' },
    ],
    [
      { ...GOOD, country: '' },
      { kind: 'fieldMissing', field: 'country' },
    ],
    [
      { ...GOOD, country: 'x'.repeat(81) },
      { kind: 'fieldInvalid', field: 'country' },
    ],
    [
      { ...GOOD, organisation: 'x'.repeat(121) },
      { kind: 'fieldInvalid', field: 'organisation' },
    ],
    [
      { ...GOOD, language: '<b>' },
      { kind: 'fieldInvalid', field: 'language' },
    ],
  ] as const;
  for (const [form, refusal] of wrong) {
    expect(await seats.correct(seat, form)).toMatchObject({ ok: false, refusal });
  }
  expect(await storage.people.person(seat.id)).toEqual(before);
  expect(heard).toEqual([]);
});

test('[S49] beyond so many corrections there is a wait, told in seconds, and what is the same counts as none', async () => {
  const { seat } = await guest();
  const named = (name: string) => seats.correct(seat, { ...GOOD, name });
  for (let at = 0; at < LIMITS.correctionsOfSeat.most + 1; at += 1) {
    valueOf(await named(`Aida ${at}`));
    valueOf(await named(`Aida ${at}`));
  }
  expect(heard).toHaveLength(LIMITS.correctionsOfSeat.most + 1);
  const refused = await named('Once more');
  expect(refused).toMatchObject({ ok: false, refusal: { kind: 'tooManyCorrections' } });
  expect(heard).toHaveLength(LIMITS.correctionsOfSeat.most + 1);
  now += 61_000;
  valueOf(await named('Once more'));
});

test('[S58] whoever changes their name to that of somebody who runs the forum is asked, as at the door', async () => {
  const { forum, seat } = await guest();
  const form = { code: forum.joinCode, name: 'Olga', country: 'KG', organisation: '', language: 'ky' };
  const joined = valueOf(await seats.join(form, { address: '192.0.2.2' }));
  if (joined.kind === 'waiting') throw new Error('waits at the door');
  valueOf(await seats.setRole(joined.seat.id, 'facilitator'));
  const leader = { seat: { ...joined.seat, role: 'facilitator' as const }, person: joined.person };
  const known = { seat, person: (await storage.people.person(seat.id))! };
  expect(await seats.asksForName(forum.id, 'Olga', null)).toBe(true);
  expect(await seats.asksForName(forum.id, '0lga', known)).toBe(true);
  expect(await seats.asksForName(forum.id, 'Helga', known)).toBe(false);
  // What somebody has kept is not asked about again, and who runs the forum corrects their own.
  const kept = { seat, person: { ...known.person, name: 'Olga' } };
  expect(await seats.asksForName(forum.id, 'Olga', kept)).toBe(false);
  expect(await seats.asksForName(forum.id, 'OLGA', kept)).toBe(true);
  expect(await seats.asksForName(forum.id, 'OLGA', leader)).toBe(false);
});

test('[S49] nobody who was erased, or never was, gets a name', async () => {
  const { seat } = await guest();
  const unknown = { ...seat, id: 'nobody' as SeatId };
  expect(await seats.correct(unknown, GOOD)).toMatchObject({ ok: false, refusal: { kind: 'seatUnknown' } });
  expect(await storage.people.person(unknown.id)).toBeNull();
});
