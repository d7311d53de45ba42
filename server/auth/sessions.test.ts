import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AccountId } from '#domain/ids.ts';
import { openStorage } from '#server/storage/open-storage.ts';
import type { Account } from '#server/storage/ports/accounts.ts';
import type { Storage } from '#server/storage/ports/storage.ts';
import { Sessions } from './sessions.ts';

const DAY = 86_400_000;
const START = 1_800_000_000_000;
const account: Account = { id: 'account1' as AccountId, email: 'a@example.org', name: 'A', createdAt: START };

let dataDir: string;
let storage: Storage;
let sessions: Sessions;

beforeEach(async () => {
  // lucia reads the clock itself.
  vi.useFakeTimers({ now: START, toFake: ['Date'] });
  dataDir = mkdtempSync(join(tmpdir(), 'dastarkhan-sessions-'));
  storage = await openStorage({ dataDir, databaseUrl: undefined });
  await storage.accounts.insert(account, 'hash');
  sessions = new Sessions(storage);
});

afterEach(async () => {
  vi.useRealTimers();
  await storage.close();
  rmSync(dataDir, { recursive: true });
});

test('[A6] a session is known by its token until it is ended', async () => {
  const { token, expiresAt } = await sessions.create(account);
  expect(expiresAt).toBe(START + 30 * DAY);
  expect(await sessions.validate(token)).toEqual({ account, fresh: false, expiresAt });
  await sessions.end(token);
  expect(await sessions.validate(token)).toBeNull();
  expect(await sessions.validate('anything')).toBeNull();
});

test('[A6] a session ends after thirty days without a visit, and a visit in the second half extends it', async () => {
  const [idle, used] = [await sessions.create(account), await sessions.create(account)];
  vi.setSystemTime(START + 20 * DAY);
  expect(await sessions.validate(used.token)).toMatchObject({ fresh: true, expiresAt: START + 50 * DAY });
  expect(await sessions.validate(used.token)).toMatchObject({ fresh: false });
  vi.setSystemTime(START + 31 * DAY);
  expect(await sessions.validate(idle.token)).toBeNull();
  expect(await sessions.validate(used.token)).not.toBeNull();
});

test('[A6] all sessions of an account can be ended', async () => {
  const [phone, laptop] = [await sessions.create(account), await sessions.create(account)];
  expect(phone.token).not.toBe(laptop.token);
  await sessions.endAll(account.id);
  expect(await sessions.validate(phone.token)).toBeNull();
  expect(await sessions.validate(laptop.token)).toBeNull();
});

test('[A5] the database has no session token, and its hash is not one', async () => {
  const { token } = await sessions.create(account);
  const database = Buffer.concat(readdirSync(dataDir).map((file) => readFileSync(join(dataDir, file))));
  expect(database.includes(account.email)).toBe(true);
  expect(database.includes(token)).toBe(false);
  const { hashToken } = await import('./tokens.ts');
  expect(database.includes(hashToken(token))).toBe(true);
  expect(await sessions.validate(hashToken(token))).toBeNull();
});
