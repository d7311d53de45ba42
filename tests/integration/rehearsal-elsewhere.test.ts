import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import tls from 'node:tls';
import { afterEach, expect, test, vi } from 'vitest';
import type { WorkshopView } from '#domain/workshop/view.ts';
import { takeOrganizer } from '../rig/organizer.ts';
import { dastarkhan, ServerProcess } from '../rig/server-process.ts';

const AGENDA = [{ kind: 'workshop', title: 'Together', rooms: [{ name: 'Walnut' }, { name: 'Poplar' }] }];
const DETAILS = { title: 'One river', from: '2026-05-01', agenda: AGENDA };
const PATIENCE = { timeout: 90_000, interval: 100 };
const PEOPLE = 3;

let server: ServerProcess;
afterEach(() => server.remove());

async function freePort(): Promise<string> {
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  const { port } = taken.address() as AddressInfo;
  await new Promise((resolve) => taken.close(resolve));
  return `${port}`;
}

/** Whether its people come, their boards are open and the clock turns the steps. */
async function isRehearsed(at: string): Promise<void> {
  const organizer = await takeOrganizer(server, DETAILS, at);
  const wish = { people: `${PEOPLE}`, speed: '30', byItself: 'yes' };
  const { status, location } = await organizer.post(`${organizer.workshop}/script?/rehearse`, wish);
  expect(status).toBe(303);
  const view = `/api${location!.replace(/\/control$/, '/view')}`;
  await vi.waitFor(async () => {
    const told = ((await (await organizer.get(view)).json()) as { view: WorkshopView }).view;
    const metrics = await (await organizer.get('/metrics')).text();
    const boards = Number(/^dastarkhan_sync_connections (\d+)$/m.exec(metrics)?.[1]);
    expect([told.step.index > 0, boards >= PEOPLE]).toEqual([true, true]);
  }, PATIENCE);
  expect(server.stderr).toBe('');
}

/** With --https its certificate is this machine's own. */
function trust(dataDir: string): void {
  const pem = /-----BEGIN CERTIFICATE-----[^]+/.exec(readFileSync(join(dataDir, 'https.pem'), 'utf8'))![0];
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), pem]);
}

test('[F34] [H16] where the server speaks https with a certificate of its own, the people of a rehearsal and of a demo trust it', async () => {
  server = new ServerProcess({ PORT: '0', HTTPS_PORT: '0', HOST: 'localhost' }, undefined, { args: ['--https'] });
  await server.start();
  trust(server.dataDir);
  await isRehearsed(server.origin);
  const asked = ['demo', '--people', '3', '--rooms', '1', '--minutes', '0.05', '--origin', server.origin, '--json'];
  const { code, stdout, stderr } = await dastarkhan(asked, { DATA_DIR: server.dataDir });
  expect({ code, stderr: stderr.includes('other data') }).toEqual({ code: 0, stderr: false });
  expect(JSON.parse(stdout)).toMatchObject({ people: 3, converged: true });
});

test('[F34] where the server is opened at another address than its own, the people of a rehearsal come by its own', async () => {
  const port = await freePort();
  server = new ServerProcess({ PORT: port, ORIGIN: 'https://forum.example' });
  await server.start();
  await isRehearsed(`http://127.0.0.1:${port}`);
});

test('a demo beside a server uses it, wherever that listens; one with other data is told from it', async () => {
  server = new ServerProcess();
  await server.start();
  const asked = ['demo', '--people', '2', '--rooms', '1', '--minutes', '0.05', '--json', '--origin', server.origin];
  const beside = await dastarkhan(asked, { DATA_DIR: server.dataDir });
  expect(beside.code).toBe(0);
  expect(JSON.parse(beside.stdout)).toMatchObject({ forum: expect.stringContaining(server.origin), converged: true });
  const other = new ServerProcess();
  try {
    const { code, stderr } = await dastarkhan(asked, { DATA_DIR: other.dataDir });
    expect(code).not.toBe(0);
    expect(stderr).toContain('has other data: it needs the same DATA_DIR');
  } finally {
    await other.remove();
  }
});
