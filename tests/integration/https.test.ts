import { readFileSync, writeFileSync } from 'node:fs';
import { request as plainRequest, type IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dastarkhan, ServerProcess } from '../rig/server-process.ts';

let server: ServerProcess;
beforeEach(async () => {
  server = new ServerProcess({ PORT: '0', HTTPS_PORT: '0' }, undefined, { args: ['--https'] });
  await server.start();
});
afterEach(() => server.remove());

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

function ask(
  address: string,
  {
    method = 'GET',
    headers = {},
    body = '',
  }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  const isPlain = address.startsWith('http:');
  const asked = isPlain ? plainRequest(address, { method, headers }) : request(address, { method, headers, ca: ca() });
  return new Promise((resolve, reject) => {
    asked.on('response', async (res) => {
      const body = Buffer.concat(await res.toArray());
      resolve({ status: res.statusCode, headers: res.headers, body });
    });
    asked.on('error', reject).end(body);
  });
}

const ca = () => readFileSync(join(server.dataDir, 'https.pem'));

test('[H16] [A7] with --https one joins and writes over TLS with cookies of this host alone, and plain http leads there', async () => {
  expect(server.origin).toMatch(/^https:\/\/localhost:\d+$/);
  const file = join(server.dataDir, 'forum.json');
  const workshop = { kind: 'workshop', title: 'One', rooms: [{ name: 'North' }] };
  writeFileSync(file, JSON.stringify({ title: 'A forum', from: '2026-05-01', agenda: [workshop] }));
  const made = await dastarkhan(['forum', 'create', file, '--json'], { DATA_DIR: server.dataDir });
  const { joinCode } = JSON.parse(made.stdout) as { joinCode: string };

  const plain = server.stdout.match(/devices: (http:\S+)/)?.[1] ?? '';
  const certificate = await ask(plain.replace(/\/\/[^:/]+/, '//127.0.0.1'));
  expect(certificate.headers['content-type']).toBe('application/x-x509-ca-cert');
  expect(ca().toString('utf8').replaceAll(/\s/g, '')).toContain(certificate.body.toString('base64'));
  const door = new URL(`/join/${joinCode}?a=b`, plain.replace(/\/\/[^:/]+/, '//127.0.0.1'));
  const led = await ask(door.href, { headers: { host: `localhost:${door.port}` } });
  expect([led.status, led.headers.location]).toEqual([307, `${server.origin}/join/${joinCode}?a=b`]);
  expect((await ask(door.href, { headers: { host: 'x/y@z' } })).status).toBe(400);
  for (const host of ['evil.example', `evil.example:${door.port}`, '8.8.8.8', 'localhost.evil.example']) {
    const { location } = (await ask(door.href, { headers: { host } })).headers;
    expect([host, new URL(location ?? '').hostname]).toEqual([host, '127.0.0.1']);
  }

  const joined = await ask(`${server.origin}/api/join`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.origin },
    body: JSON.stringify({ code: joinCode, name: 'Aida' }),
  });
  expect(joined.status).toBe(200);
  const cookies = joined.headers['set-cookie'] ?? [];
  for (const cookie of cookies) expect(cookie).toMatch(/^__Host-.*; Secure/);
  const { document } = JSON.parse(joined.body.toString()) as { document: string };
  const cookie = cookies.map((each) => each.split(';', 1)[0]).join('; ');
  const socket = new WebSocket(`${server.origin.replace('https', 'wss')}/sync/${document}`, {
    ca: ca(),
    origin: server.origin,
    headers: { cookie },
  });
  const hello = await new Promise<Buffer>((resolve, reject) => {
    socket.once('message', (data: Buffer) => resolve(data));
    socket.once('error', reject);
  });
  expect(hello[0]).toBe(102);
  socket.close();
  // the next start has the same one
  const before = ca();
  await server.stop();
  await server.start();
  expect(ca().equals(before)).toBe(true);
});
