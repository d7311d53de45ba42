import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LIMITS } from '#domain/limits.ts';
import type { Result } from '#domain/refusal.ts';
import { valueOf } from '#domain/value-of.sample.ts';
import { openStorage } from '#server/storage/open-storage.ts';
import type { Account } from '#server/storage/ports/accounts.ts';
import type { Storage } from '#server/storage/ports/storage.ts';
import { Accounts } from './accounts.ts';
import { passwordsChecked } from './passwords.ts';
import { patiently } from './patience.ts';

const GUESSES = Number(process.env.GUESSES ?? 100_000);
const PLACES = 100;
const RIGHT = 'a table with bread';

let dataDir: string;
let storage: Storage;
let now: number;
let accounts: Accounts;
let owner: Account;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'dastarkhan-sign-in-'));
  storage = await openStorage({ dataDir, databaseUrl: undefined });
  now = 1_800_000_000_000;
  accounts = new Accounts(storage, () => now);
  owner = valueOf(await accounts.create({ email: 'aigul@example.org', name: 'Aigul', password: RIGHT }));
});
afterEach(async () => {
  await storage.close();
  rmSync(dataDir, { recursive: true });
});

const wrong = (address: string, mark: string | null = null, email = owner.email) =>
  accounts.signIn(email, 'not the right one', address, mark);
const kindOf = (result: Result<unknown>) => (result.ok ? 'accepted' : result.refusal.kind);

test('[A41] ten wrong passwords from one proxy cost the right one two seconds there, and nothing elsewhere or for others', async () => {
  for (let n = 0; n < 10; n += 1) expect(kindOf(await wrong('10.0.0.1'))).toBe('passwordWrong');
  expect(await accounts.signIn(owner.email, RIGHT, '10.0.0.1')).toMatchObject({ refusal: { seconds: 2 } });
  valueOf(await accounts.signIn(owner.email, RIGHT, '10.0.0.2'));
  const other = { email: 'bob@example.org', name: 'Bob', password: 'another long one' };
  valueOf(await accounts.create(other));
  valueOf(await accounts.signIn(other.email, other.password, '10.0.0.1'));
  let attempts = 0;
  const waited = await patiently(async () => {
    if (attempts++ > 0) now += 2_000; // the clock of the test
    return accounts.signIn(owner.email, RIGHT, '10.0.0.1');
  });
  expect([kindOf(waited), attempts]).toEqual(['accepted', 2]);
});

test('[A41] an address with a hundred failures for any accounts waits, and does not take its known devices with it', async () => {
  const mark = await accounts.knowDevice(owner, null);
  for (let n = 0; n <= LIMITS.failuresFromPlace.most; n += 1) await wrong('10.0.0.1', null, `who${n}@example.org`);
  expect(kindOf(await wrong('10.0.0.1', null, 'one-more@example.org'))).toBe('tooManyTries');
  valueOf(await accounts.signIn(owner.email, RIGHT, '10.0.0.1', mark));
});

test('[A34] a known device gets in from the very place from which others guess', async () => {
  const mark = (await accounts.knowDevice(owner, null))!;
  expect(await accounts.knowDevice(owner, mark)).toBeNull();
  let checked = 0;
  for (let n = 0; n < 200; n += 1) checked += Number(kindOf(await wrong('10.0.0.1')) === 'passwordWrong');
  expect(checked).toBe(LIMITS.guessesFromPlace.most + 1);
  expect(kindOf(await accounts.signIn(owner.email, RIGHT, '10.0.0.1'))).toBe('tooManyTries');
  valueOf(await accounts.signIn(owner.email, RIGHT, '10.0.0.1', mark));
  // Another account's device is no known one here, and nor is a made-up mark.
  const other = valueOf(await accounts.create({ email: 'bob@example.org', name: 'Bob', password: 'another long one' }));
  const theirs = await accounts.knowDevice(other, null);
  expect(kindOf(await accounts.signIn(owner.email, RIGHT, '10.0.0.1', theirs))).toBe('tooManyTries');
  expect(kindOf(await accounts.signIn(owner.email, RIGHT, '10.0.0.1', 'x'.repeat(40)))).toBe('tooManyTries');
});

test('[A41] a known device does not open an unlimited number of guesses', async () => {
  const mark = await accounts.knowDevice(owner, null);
  let checked = 0;
  for (let n = 0; n < 100; n += 1) checked += Number(kindOf(await wrong('10.0.0.1', mark)) === 'passwordWrong');
  expect(checked).toBe(LIMITS.guessesOnKnownDevice.most + 1);
});

test(`[A41] ${GUESSES} guesses at one account from ${PLACES} addresses get nowhere, and its owner gets in meanwhile`, async () => {
  const mark = await accounts.knowDevice(owner, null);
  const before = passwordsChecked();
  const answers = new Map<string, number>();
  for (let n = 0; n < GUESSES; n += 1) {
    const kind = kindOf(await wrong(`192.0.2.${n % PLACES}`));
    answers.set(kind, (answers.get(kind) ?? 0) + 1);
    if (n % PLACES === 0) now += 1_000; // a hundred guesses a second
    if (n === GUESSES / 2) valueOf(await accounts.signIn(owner.email, RIGHT, '192.0.2.1', mark));
  }
  const checked = passwordsChecked() - before - 1;
  const seconds = GUESSES / PLACES;
  console.log(`sign-in: ${checked} of ${GUESSES} guesses over ${PLACES} addresses in ${seconds} s were checked`);
  // The first ones, two from each place, and what the minutes of waiting let through.
  expect(checked).toBeLessThan(LIMITS.guessesAtAccount.most + 2 * PLACES + seconds / 6 + 10);
  expect(checked).toBe(answers.get('passwordWrong'));
  // Somebody who never failed gets in from elsewhere, without a mark.
  valueOf(await accounts.signIn(owner.email, RIGHT, '203.0.113.5'));
});

test('[A2] under guesses too, the answers do not tell whether there is such an account', async () => {
  const answers = async (email: string) => {
    const kinds: string[] = [];
    for (let n = 0; n < 80; n += 1) kinds.push(kindOf(await wrong(`198.51.100.${n % 20}`, null, email)));
    return kinds;
  };
  const known = await answers(owner.email);
  now += 3_600_000;
  expect(await answers('nobody@example.org')).toEqual(known);
  expect(known).toContain('tooManyTries');
});

test('[A41] tries that come all at once are not more than those that come one after another', async () => {
  const before = passwordsChecked();
  const kinds = await Promise.all(Array.from({ length: 1_000 }, () => wrong('10.0.0.1'))).then((all) =>
    all.map(kindOf),
  );
  expect(passwordsChecked() - before).toBeLessThanOrEqual(LIMITS.guessesFromPlace.most + 1);
  expect(kinds.filter((kind) => kind === 'tooManyTries').length).toBeGreaterThan(970);
});

test('[A42] while a thousand guess, the owner’s device and somebody who never failed have their passwords checked', async () => {
  const mark = await accounts.knowDevice(owner, null);
  // Everybody has failed once already, so that nobody of them is new.
  for (let n = 0; n < 40; n += 1) await wrong(`192.0.2.${n}`, null, `warm${n}@example.org`);
  const flood = Array.from({ length: 1_000 }, (_, n) => wrong(`192.0.2.${n % 40}`, null, `who${n}@example.org`));
  const honest = accounts.signIn(owner.email, RIGHT, '192.0.2.1', mark);
  const elsewhere = accounts.signIn(owner.email, RIGHT, '203.0.113.5');
  expect([kindOf(await honest), kindOf(await elsewhere)]).toEqual(['accepted', 'accepted']);
  const kinds = new Set((await Promise.all(flood)).map(kindOf));
  expect([...kinds].sort()).toEqual(['passwordWrong', 'tooManyTries']);
});
