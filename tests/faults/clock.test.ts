import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#domain/forum/seat.ts';
import type { CommandId, RoomId, SeatId, WorkshopId } from '#domain/ids.ts';
import { stepIdAt } from '#domain/script/step.ts';
import { Tries } from '#server/auth/tries.ts';
import { GivenClock, SystemClock, neverBack } from '#server/clock.ts';
import { aForumDetails, aWorkshopPlan } from '#server/forum/forum-details.sample.ts';
import { Credits } from '#server/live/credits.ts';
import { startServices, type Services } from '#server/services.ts';

const HOUR = 3_600_000;
const STEPS = [-HOUR, HOUR, -24 * HOUR, 24 * HOUR, 0];
const WORKSHOP = 'workshop0001' as WorkshopId;
const ROOM = 'room00000001' as RoomId;
const host: Actor = { seatId: 'host00000001' as SeatId, role: 'facilitator' };
const aida: Actor = { seatId: 'aida00000001' as SeatId, role: 'participant' };

describe('[W34] the machine’s clock is set while a step runs', () => {
  let dataDir: string;
  let services: Services;
  let set = 0;

  beforeEach(async () => {
    set = 0;
    dataDir = mkdtempSync(join(tmpdir(), 'dastarkhan-clock-'));
    const config = {
      port: 0,
      host: undefined,
      origin: undefined,
      dataDir,
      databaseUrl: undefined,
      redisUrl: undefined,
    };
    services = await startServices(config, new SystemClock(() => Date.now() + set));
    await services.forums.create(null, aForumDetails({ agenda: [aWorkshopPlan(WORKSHOP, [ROOM])] }));
    await services.workshops.takeSeat(WORKSHOP, aida);
  });
  afterEach(async () => {
    await services.close();
    rmSync(dataDir, { recursive: true });
  });

  test('time left is right to 250 ms, every command is taken, and who may write still may', async () => {
    let commands = 0;
    const command = (wanted: Parameters<Services['workshops']['command']>[2]) =>
      services.workshops.command(WORKSHOP, host, wanted, `clock-command-${(commands += 1)}` as CommandId);
    // The step began somewhere between the two, and a busy machine may let time pass between any two readings.
    const asked = performance.now();
    expect(await command({ kind: 'startStep', step: stepIdAt(1) })).toMatchObject({ ok: true });
    const begun = performance.now();
    let minutes = 30;
    for (const step of STEPS) {
      set = step;
      expect(await command({ kind: 'extendStep', minutes: 1 })).toMatchObject({ ok: true });
      minutes += 1;
      const view = await services.workshops.view(WORKSHOP, aida);
      const before = performance.now();
      const left = view!.step.endsAt! - services.time();
      expect(left).toBeLessThan(minutes * 60_000 - (before - begun) + 250);
      expect(left).toBeGreaterThan(minutes * 60_000 - (performance.now() - asked) - 250);
      expect(view!.rooms[0]!.access).toBe('write');
    }
  });

  test('dates go by the wall', async () => {
    set = 24 * HOUR;
    const made = await services.forums.create(null, aForumDetails());
    const forum = made.ok ? made.value : null;
    const ended = await services.forums.setCodeExpiry(forum!.id, 1, Date.now() + HOUR);
    expect(ended.ok && (await services.forums.byJoinCode(ended.value.joinCode))).toMatchObject({ ok: false });
  });
});

describe('[W34] limits and waits', () => {
  let now = 10 * 24 * HOUR;

  test.each(STEPS)('a seat’s credits come back as before when the clock is set by %d ms', (step) => {
    const credits = new Credits<string>(() => now);
    for (let spent = 0; spent < 15; spent += 1) credits.spend('seat');
    now += step;
    for (let spent = 0; spent < 4; spent += 1) expect(credits.spend('seat')).toBeNull();
    now += 2_000;
    for (let spent = 0; spent < 8; spent += 1) expect(credits.spend('seat')).toBeNull();
  });

  test('a clock that is set back counts no time, and goes on', () => {
    let wall = 1_000;
    const clock = neverBack(() => wall);
    const given = new GivenClock(() => wall);
    const seen: number[] = [];
    for (const change of [5, -HOUR, 7, -24 * HOUR, 11, HOUR]) {
      wall += change;
      seen.push(clock());
      expect([given.now(), given.time() - 1_000]).toEqual([wall, given.monotonic()]);
    }
    expect(seen).toEqual([1_005, 1_005, 1_012, 1_012, 1_023, 1_023 + HOUR]);
  });

  test('the system’s time passes as performance’s does, whatever its wall says', async () => {
    let wall = 1_000_000;
    const clock = new SystemClock(() => wall);
    // a busy machine may let time pass between two readings: each is held between one before and one after it
    const read = () => [performance.now(), clock.time(), performance.now()] as const;
    const [before, started, after] = read();
    for (const step of STEPS) {
      wall = 1_000_000 + step;
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(clock.now()).toBe(wall);
      const [from, time, to] = read();
      expect(time - started).toBeGreaterThan(from - after - 5);
      expect(time - started).toBeLessThan(to - before + 5);
    }
  });
});

test('[W34] who has to wait after wrong passwords does not wait an hour because the clock was set back', () => {
  let now = 48 * HOUR;
  const tries = new Tries(() => now);
  for (let guess = 0; guess < 20; guess += 1) tries.failed('here');
  expect(tries.wait('here')).toBe(60);
  for (const step of [-HOUR, -24 * HOUR]) {
    now += step;
    expect(tries.wait('here')).toBe(60);
    tries.failed('here');
    expect(tries.wait('here')).toBe(60);
  }
  now += 60_000;
  expect(tries.wait('here')).toBe(0);
});
