import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Role, Seat } from '#domain/forum/seat.ts';
import type { Result } from '#domain/refusal.ts';
import { valueOf } from '#domain/value-of.sample.ts';
import { aForumDetails } from '#server/forum/forum-details.sample.ts';
import { Forums } from '#server/forum/forums.ts';
import { openStorage } from '#server/storage/open-storage.ts';
import type { Account } from '#server/storage/ports/accounts.ts';
import type { Storage } from '#server/storage/ports/storage.ts';
import { Accounts } from './accounts.ts';
import { newInvitation } from './invitations.ts';
import { NewPasswords } from './new-passwords.ts';

const DAY = 86_400_000;
const PASSWORD = 'a table with bread';
const OTHER = 'another long one';

let dataDir: string;
let storage: Storage;
let now: number;
let accounts: Accounts;
let passwords: NewPasswords;
let ended: string[];
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'dastarkhan-passwords-'));
  storage = await openStorage({ dataDir, databaseUrl: undefined });
  now = 1_800_000_000_000;
  ended = [];
  accounts = new Accounts(storage, () => now);
  passwords = new NewPasswords({ storage, clock: () => now, passes: { end: (hashes) => void ended.push(...hashes) } });
});
afterEach(async () => {
  await storage.close();
  rmSync(dataDir, { recursive: true });
});

const kindOf = (result: Result<unknown>) => (result.ok ? 'accepted' : result.refusal.kind);
const account = async (name: string) =>
  valueOf(await accounts.create({ email: `${name}@example.org`, name, password: PASSWORD }));
const aForum = async () => {
  const { agenda: _, ...details } = aForumDetails();
  return valueOf(await new Forums(storage, () => now).create(null, { ...details, agenda: [] }));
};
type Made = Awaited<ReturnType<typeof aForum>>;
const enter = async (who: Account, forum: Made, role: Role): Promise<Seat> => {
  const token = await newInvitation(storage, { forum: forum.id, role, by: null }, now);
  return valueOf(await accounts.acceptInvite(token, who)).seat;
};

test('[A35] a link of an organizer who vouches sets a password once, ends every session and shows its owner', async () => {
  const [organizer, helper] = [await account('aigul'), await account('bolot')];
  const forum = await aForum();
  const [by, seat] = [await enter(organizer, forum, 'organizer'), await enter(helper, forum, 'facilitator')];
  await storage.sessions.insert({ idHash: 'phone', account: helper.id, expiresAt: now + DAY });
  const token = valueOf(await passwords.vouch(by, seat));
  expect(valueOf(await passwords.ofLink(token))).toEqual(helper);
  expect(await passwords.links(helper.id)).toMatchObject([{ by: by.id, createdAt: now, spentAt: null }]);
  expect(kindOf(await passwords.claim(token, 'short'))).toBe('passwordTooShort');
  const claims = await Promise.all([passwords.claim(token, OTHER), passwords.claim(token, 'a third long one')]);
  expect(claims.map(kindOf).sort()).toEqual(['accepted', 'linkTaken']);
  expect(ended).toEqual(['phone']);
  expect(kindOf(await passwords.claim(token, OTHER))).toBe('linkTaken');
  expect((await passwords.links(helper.id))[0]?.spentAt).toBe(now);
  expect(kindOf(await accounts.signIn(helper.email, PASSWORD, 'x'))).toBe('passwordWrong');
});

test('[A35] a link is good for a day, and the newest password ends the open ones', async () => {
  const [organizer, helper] = [await account('aigul'), await account('bolot')];
  const forum = await aForum();
  const [by, seat] = [await enter(organizer, forum, 'organizer'), await enter(helper, forum, 'facilitator')];
  const token = valueOf(await passwords.vouch(by, seat));
  now += DAY;
  expect(kindOf(await passwords.ofLink(token))).toBe('linkUnknown');
  const second = valueOf(await passwords.vouch(by, seat));
  valueOf(await passwords.set(helper.id, OTHER, null));
  expect(kindOf(await passwords.claim(second, 'a third long one'))).toBe('linkUnknown');
});

test('[A35] nobody vouches for an account that has a seat in a forum of others, then or by now', async () => {
  const [mallory, alice] = [await account('mallory'), await account('alice')];
  const [hers, his] = [await aForum(), await aForum()];
  const by = await enter(mallory, his, 'organizer');
  const seat = await enter(alice, his, 'participant');
  const early = valueOf(await passwords.vouch(by, seat));
  await enter(alice, hers, 'organizer');
  expect(kindOf(await passwords.vouch(by, seat))).toBe('notAllowed');
  expect(kindOf(await passwords.claim(early, OTHER))).toBe('linkUnknown');
  valueOf(await accounts.signIn(alice.email, PASSWORD, 'x'));
});

test('[A35] only an organizer vouches, and for others', async () => {
  const [organizer, helper] = [await account('aigul'), await account('bolot')];
  const forum = await aForum();
  const [by, seat] = [await enter(organizer, forum, 'organizer'), await enter(helper, forum, 'facilitator')];
  expect(kindOf(await passwords.vouch(seat, by))).toBe('notAllowed');
  expect(kindOf(await passwords.vouch(by, by))).toBe('notAllowed');
  expect(kindOf(await passwords.vouch({ ...by, role: 'organizer', accountId: null }, seat))).toBe('notAllowed');
  const link = valueOf(await passwords.vouch(by, seat));
  await enter(await account('cholpon'), forum, 'organizer');
  expect(await storage.people.setRole(by.id, 'observer')).toBe(true);
  expect(kindOf(await passwords.vouch(by, seat))).toBe('notAllowed');
  expect(kindOf(await passwords.claim(link, OTHER))).toBe('linkUnknown');
});
