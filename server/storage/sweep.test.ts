import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { accepted } from '#domain/refusal.ts';
import type { AccountId, CommandId, WorkshopId } from '#domain/ids.ts';
import { openStorage } from './open-storage.ts';
import type { Storage } from './ports/storage.ts';
import { keepSwept, sweep } from './sweep.ts';

const NOW = Date.UTC(2026, 4, 1);
const DAY = 86_400_000;
const WORKSHOP = 'workshop0001' as WorkshopId;
const ACCOUNT = 'account00001' as AccountId;

let dataDir: string;
let storage: Storage;
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'dastarkhan-sweep-'));
  storage = await openStorage({ dataDir, databaseUrl: undefined });
  await storage.accounts.insert({ id: ACCOUNT, email: 'a@example.org', name: 'A', createdAt: NOW }, 'hash');
});
afterEach(async () => {
  await storage.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const session = (idHash: string, expiresAt: number) =>
  storage.sessions.insert({ idHash, account: ACCOUNT, expiresAt, createdAt: NOW, device: null });

test('[D7] what is over is dropped, and what is not stays', async () => {
  await session('over', NOW - 1);
  await session('open', NOW + 1);
  await storage.accounts.addLink('old', { kind: 'setUp' }, NOW - 400 * DAY);
  await storage.accounts.addLink('new', { kind: 'setUp' }, NOW + DAY);
  await storage.events.append(WORKSHOP, 0, [], 'command1' as CommandId, {
    answer: accepted({ version: 0 }),
    at: NOW - 8 * DAY,
  });
  await storage.events.append(WORKSHOP, 0, [], 'command2' as CommandId, {
    answer: accepted({ version: 0 }),
    at: NOW - 6 * DAY,
  });
  await sweep(storage, NOW);
  expect(await storage.sessions.byHash('over')).toBeNull();
  expect(await storage.sessions.byHash('open')).not.toBeNull();
  expect(await storage.accounts.link('old')).toBeNull();
  expect(await storage.accounts.link('new')).not.toBeNull();
  expect(await storage.events.answer(WORKSHOP, 'command1' as CommandId)).toBeNull();
  expect(await storage.events.answer(WORKSHOP, 'command2' as CommandId)).not.toBeNull();
});

test('[D7] the server sweeps when it has been up for a while and not while people come back, and ends without one under way', async () => {
  await session('over', NOW - 1);
  await keepSwept(storage, () => NOW).stop();
  expect(await storage.sessions.byHash('over')).not.toBeNull();
  const sweeping = keepSwept(storage, () => NOW, 0);
  await expect.poll(() => storage.sessions.byHash('over')).toBeNull();
  await sweeping.stop();
});
