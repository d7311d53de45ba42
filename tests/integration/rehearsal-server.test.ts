import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { WorkshopView } from '#domain/workshop/view.ts';
import { takeOrganizer, type Organizer } from '../rig/organizer.ts';
import { ServerProcess } from '../rig/server-process.ts';

const MODULE = join(import.meta.dirname, '../../server/rehearsal/people-process.ts');
const AGENDA = [{ kind: 'workshop', title: 'Together', rooms: [{ name: 'Walnut' }, { name: 'Poplar' }] }];
const PATIENCE = { timeout: 60_000, interval: 50 };

const server = new ServerProcess();
let organizer: Organizer;
beforeAll(async () => {
  await server.start();
  organizer = await takeOrganizer(server, { title: 'One river', from: '2026-05-01', agenda: AGENDA });
});
afterAll(() => server.remove());

/** Where the copy's control room is. */
async function rehearse(wish: Record<string, string>): Promise<string> {
  const { status, location } = await organizer.post(`${organizer.workshop}/script?/rehearse`, wish);
  expect(status).toBe(303);
  return location!;
}

async function viewOf(control: string): Promise<WorkshopView> {
  const answer = await organizer.get(`/api${control.replace(/\/control$/, '/view')}`);
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { view: WorkshopView }).view;
}

/** Said to its organizer on every page, and to nobody else. */
async function expectEnded(control: string): Promise<void> {
  const copy = /^\/forums\/[^/]+/.exec(control)![0];
  const workshop = control.replace(/\/control$/, '');
  const pages = [copy, `${copy}/outcome`, workshop, control, `${workshop}/screen`, `${workshop}/groups`];
  for (const path of pages) {
    const answer = await organizer.get(path);
    expect([path, answer.status]).toEqual([path, 410]);
    const text = await answer.text();
    expect(text).toContain('The rehearsal has ended');
    expect(text).toContain('href="/forums/one-river"');
    const stranger = await fetch(`${server.origin}${path}`, { redirect: 'manual' });
    expect([path, stranger.status]).toEqual([path, path === workshop ? 303 : 404]);
    expect(await stranger.text()).not.toContain('One river');
  }
  expect((await organizer.get(`/api${copy}/rehearsal`)).status).toBe(410);
  const again = await organizer.post(`${copy}?/endRehearsal`, {});
  expect(again).toMatchObject({ status: 303, location: '/forums/one-river?rehearsal=ended' });
}

const isPeople = (pid: string): boolean => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(MODULE);
  } catch {
    return false; // it has ended meanwhile
  }
};
const parentOf = (pid: string): number => Number(/\) \w (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]);

/** Simulated people of this server: other tests have theirs. */
const processes = (): string[] =>
  readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && isPeople(pid) && parentOf(pid) === server.pid);

test('[F30] [F33] [F34] [F35] the clock turns the steps of a rehearsal; a server that is killed leaves none of it', async () => {
  const control = await rehearse({ people: '5', speed: '30', byItself: 'yes' });
  expect(control).toMatch(/^\/forums\/rehearsal-one-river-\w{6}\/workshops\/\w+\/control$/);
  await vi.waitFor(async () => expect((await viewOf(control)).step.index).toBeGreaterThan(0), PATIENCE);
  const again = await organizer.post(`${organizer.workshop}/script?/rehearse`, { people: '5', speed: '30' });
  expect(again.status).toBe(409);
  const people = processes();
  expect(people).toHaveLength(1);

  await server.kill();
  await vi.waitFor(() => expect(people.filter(isPeople)).toEqual([]), PATIENCE);
  await server.start();

  await expectEnded(control);
  expect((await organizer.get(`${organizer.workshop}/script`)).status).toBe(200);
  expect(server.stderr).not.toContain('missing');
});

test('[F33] [F34] [F35] a server that is told to stop ends the people first', async () => {
  const control = await rehearse({ people: '3', speed: '1' });
  await vi.waitFor(
    async () => expect((await viewOf(control)).rooms.some(({ seated }) => seated > 0)).toBe(true),
    PATIENCE,
  );
  const people = processes();
  expect(people).toHaveLength(1);
  expect(await server.stop()).toBe(0);
  expect(people.filter(isPeople)).toEqual([]);
  await server.start();
  await expectEnded(control);
  expect(server.stderr).not.toContain('missing');
});
