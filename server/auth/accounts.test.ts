import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Forum } from '#domain/forum/forum.ts';
import type { Role } from '#domain/forum/seat.ts';
import type { Result } from '#domain/refusal.ts';
import { valueOf } from '#domain/value-of.sample.ts';
import { Forums } from '#server/forum/forums.ts';
import { aForumDetails } from '#server/forum/forum-details.sample.ts';
import { openStorage } from '#server/storage/open-storage.ts';
import type { Storage } from '#server/storage/ports/storage.ts';
import { Accounts } from './accounts.ts';
import { newInvitation } from './invitations.ts';
import { passwordsChecked } from './passwords.ts';

const DAY = 86_400_000;
const AIGUL = { email: 'Aigul@Example.org', name: ' Айгүл  Осмонова ', password: 'a table with bread' };
const BOB = { email: 'bob@example.org', name: 'Bob', password: 'another long one' };

let dataDir: string;
let storage: Storage;
let now: number;
let accounts: Accounts;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'dastarkhan-accounts-'));
  storage = await openStorage({ dataDir, databaseUrl: undefined });
  now = 1_800_000_000_000;
  accounts = new Accounts(storage, () => now);
});

afterEach(async () => {
  await storage.close();
  rmSync(dataDir, { recursive: true });
});

const refusal = <T>(result: Result<T>) => (result.ok ? 'accepted' : result.refusal);

async function aForum(): Promise<Forum> {
  return valueOf(await new Forums(storage, () => now).create(null, aForumDetails()));
}
const invite = (forum: Forum, role: Role) => newInvitation(storage, { forum: forum.id, role, by: null }, now);

describe('the first account', () => {
  test('[A1] the set-up link makes one account, once', async () => {
    const token = (await accounts.setUpLink())!;
    expect(await accounts.setUpLink()).toBe(token);
    const account = valueOf(await accounts.claimSetUp(token, AIGUL));
    expect(account).toMatchObject({ email: 'aigul@example.org', name: 'Айгүл Осмонова' });
    expect(await accounts.setUpLink()).toBeNull();
    expect(refusal(await accounts.claimSetUp(token, BOB))).toEqual({ kind: 'linkTaken' });
    expect(refusal(await accounts.setUpIsOpen(token))).toEqual({ kind: 'linkTaken' });
  });

  test('[A1] of many who open the set-up link at once one gets the account', async () => {
    const token = (await accounts.setUpLink())!;
    const claims = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) => accounts.claimSetUp(token, { ...BOB, email: `${name}@example.org` })),
    );
    expect(claims.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await storage.accounts.count()).toBe(1);
  });

  test('[A1] a link from an earlier start opens nothing once there is an account', async () => {
    const earlier = (await new Accounts(storage, () => now).setUpLink())!;
    valueOf(await accounts.claimSetUp((await accounts.setUpLink())!, AIGUL));
    expect(refusal(await accounts.claimSetUp(earlier, BOB))).toEqual({ kind: 'linkTaken' });
  });

  test('[A1] an unknown link, one for something else and one that is too old are unknown', async () => {
    const token = (await accounts.setUpLink())!;
    expect(refusal(await accounts.claimSetUp('x'.repeat(40), AIGUL))).toEqual({ kind: 'linkUnknown' });
    expect(refusal(await accounts.claimSetUp(await invite(await aForum(), 'organizer'), AIGUL))).toEqual({
      kind: 'linkUnknown',
    });
    now += 8 * DAY;
    expect(refusal(await accounts.claimSetUp(token, AIGUL))).toEqual({ kind: 'linkUnknown' });
    expect(await accounts.setUpLink()).not.toBe(token);
  });

  test('[A1] what is refused leaves the link unspent', async () => {
    const token = (await accounts.setUpLink())!;
    expect(refusal(await accounts.claimSetUp(token, { ...AIGUL, password: 'short' }))).toEqual({
      kind: 'passwordTooShort',
      least: 10,
    });
    expect(refusal(await accounts.claimSetUp(token, { ...AIGUL, email: 'no address' }))).toMatchObject({
      field: 'email',
    });
    expect(refusal(await accounts.claimSetUp(token, { ...AIGUL, name: '\u202e \u0007' }))).toEqual({
      kind: 'fieldMissing',
      field: 'name',
    });
    valueOf(await accounts.claimSetUp(token, AIGUL));
  });
});

describe('signing in', () => {
  test('[A2] the right password signs in, in any case of the address and with either form of its letters', async () => {
    const made = valueOf(await accounts.create({ ...AIGUL, password: 'школа \u0439 \u00e9t\u00e9' }));
    const typed = 'школа \u0438\u0306 e\u0301te\u0301';
    expect(valueOf(await accounts.signIn(' AIGUL@example.org ', typed, 'hall'))).toEqual(made);
  });

  test('[A2] a wrong password and an unknown address get the same answer', async () => {
    valueOf(await accounts.create(AIGUL));
    const wrong = refusal(await accounts.signIn(AIGUL.email, 'something else', 'a'));
    expect(wrong).toEqual({ kind: 'passwordWrong' });
    expect(refusal(await accounts.signIn('nobody@example.org', 'something else', 'b'))).toEqual(wrong);
    expect(refusal(await accounts.signIn('nobody@example.org', 'nobody has this password', 'b'))).toEqual(wrong);
  });

  test('[A2] an unknown address takes as long as a wrong password: one is compared for either', async () => {
    valueOf(await accounts.create(AIGUL));
    const compared = async (email: string) => {
      const before = passwordsChecked();
      await accounts.signIn(email, 'something else', email);
      return passwordsChecked() - before;
    };
    expect([await compared(AIGUL.email), await compared('nobody@example.org')]).toEqual([1, 1]);
  });

  test('[A3] after ten failures an address waits, even with the right password; another does not', async () => {
    valueOf(await accounts.create(AIGUL));
    for (let count = 0; count < 10; count += 1) await accounts.signIn(AIGUL.email, 'something else', 'attacker');
    expect(refusal(await accounts.signIn(AIGUL.email, AIGUL.password, 'attacker'))).toMatchObject({
      kind: 'tooManyTries',
    });
    valueOf(await accounts.signIn(AIGUL.email, AIGUL.password, 'elsewhere'));
    now += 60_000;
    valueOf(await accounts.signIn(AIGUL.email, AIGUL.password, 'attacker'));
  });

  test('[A2] an address has one account', async () => {
    valueOf(await accounts.create(AIGUL));
    expect(refusal(await accounts.create({ ...BOB, email: 'AIGUL@EXAMPLE.ORG' }))).toEqual({ kind: 'emailTaken' });
  });
});

describe('invitations', () => {
  test('[A4] an invitation gives an account and a seat with its role, once', async () => {
    const forum = await aForum();
    const seated: string[] = [];
    accounts = new Accounts(
      storage,
      () => now,
      (id) => seated.push(id),
    );
    const token = await invite(forum, 'facilitator');
    expect(valueOf(await accounts.invitation(token))).toEqual({ forum, role: 'facilitator' });
    const { account, seat } = valueOf(await accounts.acceptInvite(token, BOB));
    expect(seat).toMatchObject({ forumId: forum.id, role: 'facilitator', accountId: account.id });
    expect(await storage.people.person(seat.id)).toMatchObject({ name: 'Bob', language: forum.language });
    expect(seated).toEqual([forum.id]);
    expect(refusal(await accounts.acceptInvite(token, AIGUL))).toEqual({ kind: 'linkTaken' });
    expect(refusal(await accounts.invitation(token))).toEqual({ kind: 'linkTaken' });
  });

  test('[A4] who is signed in keeps the account and gets no second seat', async () => {
    const forum = await aForum();
    const account = valueOf(await accounts.create(BOB));
    const first = valueOf(await accounts.acceptInvite(await invite(forum, 'facilitator'), account));
    const second = valueOf(await accounts.acceptInvite(await invite(forum, 'organizer'), account));
    expect(second.account).toEqual(account);
    expect(second.seat).toEqual({ ...first.seat, role: 'organizer' });
  });

  test('[A4] an invitation never takes rights away', async () => {
    const forum = await aForum();
    const account = valueOf(await accounts.create(BOB));
    await accounts.acceptInvite(await invite(forum, 'organizer'), account);
    const { seat } = valueOf(await accounts.acceptInvite(await invite(forum, 'observer'), account));
    expect(seat.role).toBe('organizer');
    expect((await storage.people.seat(seat.id))?.role).toBe('organizer');
  });

  test('[A4] an invitation ends after seven days, and one that is refused stays good', async () => {
    const forum = await aForum();
    valueOf(await accounts.create(BOB));
    const token = await invite(forum, 'facilitator');
    expect(refusal(await accounts.acceptInvite(token, BOB))).toEqual({ kind: 'emailTaken' });
    valueOf(await accounts.invitation(token));
    now += 7 * DAY;
    expect(refusal(await accounts.acceptInvite(token, AIGUL))).toEqual({ kind: 'linkUnknown' });
  });
});

test('[A5] neither passwords nor tokens are in the database', async () => {
  const token = (await accounts.setUpLink())!;
  valueOf(await accounts.claimSetUp(token, AIGUL));
  const invitation = await invite(await aForum(), 'facilitator');
  const files = readdirSync(dataDir).map((file) => readFileSync(join(dataDir, file)));
  const database = Buffer.concat(files);
  expect(database.includes('aigul@example.org')).toBe(true);
  for (const secret of [AIGUL.password, token, invitation]) expect(database.includes(secret)).toBe(false);
});
