import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CommandId, WorkshopId } from '#domain/ids.ts';
import type { Services } from '#server/services.ts';
import { StorageError } from '#server/storage/ports/storage-error.ts';
import { furnish, servicesOn } from './hall.ts';

/** Every method of a port, as it is now: one that is added is tried too. */
const methodsOf = (port: object): string[] => {
  const found = new Set<string>();
  for (let each = port; each !== Object.prototype; each = Object.getPrototypeOf(each) as object) {
    for (const name of Object.getOwnPropertyNames(each)) {
      const { value } = Object.getOwnPropertyDescriptor(each, name) ?? {};
      if (name !== 'constructor' && typeof value === 'function') found.add(name);
    }
  }
  return [...found];
};

/** Asked when the action is stored already, to tell others of it. */
const AFTERWARDS = new Set(['access.epochs', 'people.ofForum', 'people.wroteOn', 'forums.byId']);

let dataDir = '';
let services: Services;
const uncaught: unknown[] = [];
const catchIt = (error: unknown) => void uncaught.push(error);

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'dastarkhan-closed-'));
  services = await servicesOn(dataDir);
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  process.on('unhandledRejection', catchIt);
});
afterEach(async () => {
  process.off('unhandledRejection', catchIt);
  vi.restoreAllMocks();
  await services.close();
  rmSync(dataDir, { recursive: true, force: true });
});

test('[U11] a database call that fails refuses the action, whichever call it is, and nothing else ends', async () => {
  const { forum, guests } = await furnish(services, 1, 1);
  const { storage } = services;
  const ports = Object.entries({
    forums: storage.forums,
    events: storage.events,
    access: storage.access,
    people: storage.people,
    accounts: storage.accounts,
    sessions: storage.sessions,
  });
  const workshop = 'workshop0001' as WorkshopId;
  const organizer = { seatId: 'organizer001' as never, role: 'organizer' as const };
  let turn = 0;
  const actions: Record<string, () => Promise<boolean>> = {
    join: async () =>
      (
        await services.seats.join(
          { code: forum.joinCode, name: `Late ${(turn += 1)}`, country: '', organisation: '', language: 'en' },
          { address: '127.0.0.1' },
        )
      ).ok,
    command: async () =>
      (
        await services.workshops.command(
          workshop,
          organizer,
          { kind: 'extendStep', minutes: 1 },
          `closed${String((turn += 1)).padStart(8, '0')}` as CommandId,
        )
      ).ok,
    account: async () =>
      (
        await services.accounts.create({
          email: `a${(turn += 1)}@example.org`,
          name: 'A',
          password: 'long enough to be one',
        })
      ).ok,
  };
  const tried: string[] = [];
  const kept: string[] = [];
  for (const [port, methods] of ports) {
    for (const method of methodsOf(methods)) {
      const fails = vi.spyOn(methods as never, method as never) as unknown as { mockImplementation(of: unknown): void };
      let called = 0;
      fails.mockImplementation(() => {
        called += 1;
        return Promise.reject(new StorageError('injected'));
      });
      for (const [action, act] of Object.entries(actions)) {
        const before = called;
        const accepted = await act().catch(() => false);
        if (called === before) continue; // this action does not need it
        tried.push(`${action}: ${port}.${method}`);
        if (accepted && !AFTERWARDS.has(`${port}.${method}`)) kept.push(`${action}: ${port}.${method}`);
      }
      (fails as unknown as { mockRestore(): void }).mockRestore();
    }
  }
  await new Promise((resolve) => setTimeout(resolve, 50));
  console.log(
    `${tried.length} failures of database calls: ${tried.join(', ')}; accepted: ${kept.join(', ') || 'none'}`,
  );
  expect(kept).toEqual([]);
  expect(uncaught).toEqual([]);
  expect(tried.length).toBeGreaterThan(5);
  for (const act of Object.values(actions)) expect(await act()).toBe(true);
  expect(guests).toHaveLength(1);
});
