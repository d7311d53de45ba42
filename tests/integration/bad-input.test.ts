import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { dastarkhan, run, ServerProcess } from '../rig/server-process.ts';

const scratch = () => mkdtempSync(join(tmpdir(), 'dastarkhan-'));
const FORUM = {
  title: 'A forum',
  from: '2026-05-01',
  to: '2026-05-01',
  place: 'Osh',
  agenda: [{ kind: 'workshop', title: 'Recommendations', rooms: [{ name: 'One' }] }],
};
const startWith = (env: Record<string, string>) =>
  run(process.execPath, ['server/main.ts'], { PORT: '0', HOST: '127.0.0.1', ORIGIN: '', DATA_DIR: scratch(), ...env });

describe('a server that cannot start says in one line what to mend, and exits with 1', () => {
  test('port in use', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const { code, stderr } = await startWith({ PORT: String(port) });
    taken.close();
    expect(stderr).toBe(
      `dastarkhan: port ${port} is in use: stop what runs there, or choose another with PORT=${port + 1}\n`,
    );
    expect(code).toBe(1);
  });

  const file = join(scratch(), 'file');
  writeFileSync(file, '');
  test.each([
    ['a port that is no port', { PORT: 'http' }, /^dastarkhan: PORT must be a number from 0 to 65535, not “http”\n$/],
    ['an origin with a path', { ORIGIN: 'https://x.org/forum' }, /^dastarkhan: ORIGIN must be like https:.*\n$/],
    ['a host of another machine', { HOST: '203.0.113.7' }, /^dastarkhan: HOST 203\.0\.113\.7 is not an address.*\n$/],
    [
      'a database of no known kind',
      { DATABASE_URL: 'foo' },
      /^dastarkhan: DATABASE_URL must be an address such as .*\n$/,
    ],
    ['a data folder that is a file', { DATA_DIR: file }, /^dastarkhan: DATA_DIR .* is not a folder\n$/],
    [
      'a data folder nobody can write',
      { DATA_DIR: '/sys/dastarkhan' },
      /^dastarkhan: DATA_DIR \/sys\/dastarkhan .*\n$/,
    ],
  ])('%s', async (_, env, line) => {
    const { code, stderr } = await startWith(env);
    expect(stderr).toMatch(line);
    expect(code).toBe(1);
  });
});

describe('a running server', () => {
  const server = new ServerProcess();
  let code = '';
  let workshop = '';

  beforeAll(async () => {
    await server.start();
    const forum = join(scratch(), 'forum.json');
    writeFileSync(forum, JSON.stringify(FORUM));
    const made = await dastarkhan(['forum', 'create', forum, '--json'], { DATA_DIR: server.dataDir });
    expect(made.stderr).toBe('');
    const { joinCode, workshops } = JSON.parse(made.stdout) as { joinCode: string; workshops: { id: string }[] };
    code = joinCode;
    workshop = workshops[0]?.id ?? '';
  });
  afterAll(() => server.remove());

  const join_ = (body: string | object, headers: Record<string, string> = {}) =>
    fetch(`${server.origin}/api/join`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server.origin, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  test('a second one on the same data folder is refused', async () => {
    const { code, stderr } = await startWith({ DATA_DIR: server.dataDir });
    expect(stderr).toMatch(/^dastarkhan: .* is in use by a server .*: stop it first.*\n$/);
    expect(code).toBe(1);
  });

  test('[S1] a code that opens no forum', async () => {
    const answer = await join_({ code: 'ZZZZ-ZZZZ', name: 'Aida' });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toEqual({ refusal: { kind: 'codeUnknown' } });
  });

  test('a guest without a name', async () => {
    const answer = await join_({ code, name: ' \u0000 ' });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ refusal: { kind: 'fieldMissing', field: 'name' } });
  });

  test.each(['{"code":', '[]', '"x"', '{"code":1,"name":{}}'])('a body that is no join form: %s', async (body) => {
    expect((await join_(body)).status).toBe(400);
  });

  test('a body of 10 MB', async () => {
    expect((await join_({ code, name: 'x'.repeat(10_000_000) })).status).toBe(413);
  });

  test('a foreign page that posts in somebody’s name', async () => {
    expect((await join_({ code, name: 'Aida' }, { origin: 'https://elsewhere.example' })).status).toBe(403);
    const form = await fetch(`${server.origin}/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://elsewhere.example' },
      body: 'email=a&password=b',
    });
    expect(form.status).toBe(403);
  });

  test('[A1] a set-up link works once', async () => {
    const link = new URL(server.setUpLink ?? '', server.origin);
    const claim = (email: string) =>
      fetch(link, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', origin: server.origin, accept: 'text/html' },
        body: new URLSearchParams({ name: 'Alyona', email, password: 'long enough to be one' }),
        redirect: 'manual',
      });
    expect((await fetch(link)).status).toBe(200);
    expect((await claim('one@example.org')).status).toBe(303);
    expect((await claim('two@example.org')).status).toBeGreaterThanOrEqual(400);
    expect((await fetch(link)).status).toBeGreaterThanOrEqual(400);
  });

  test('a forum, a page and an export that are not there', async () => {
    for (const path of ['/forums/nowhere', '/nowhere', '/api/forums/nowhere/outcome.pdf', '/join/ZZZZZZZZ']) {
      expect([path, (await fetch(server.origin + path)).status]).toEqual([path, 404]);
    }
  });

  test('an action that no page has, also one that every object has, is not there, in words', async () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'default', 'nothing'];
    const paths = [`/join/${code}`, '/sign-in', '/forums/nowhere/people'];
    for (const at of paths.flatMap((path) => names.map((name) => `${path}?/${name}`))) {
      const headers = { origin: server.origin, accept: 'text/html' };
      const body = new URLSearchParams({ name: 'Aida' });
      const answer = await fetch(server.origin + at, { method: 'POST', headers, body });
      expect([at, answer.status]).toEqual([at, 404]);
      expect(await answer.text()).toMatch(/There is no such action\.|There is nothing at this address/);
    }
    expect(server.stderr).not.toContain('TypeError');
  });

  test('[Y5] [P10] sockets that a foreign page opens, or nobody knows who, in the name of a seat', async () => {
    const seat = await join_({ code, name: 'Aida' });
    const { document } = (await seat.json()) as { document: string };
    const cookie = seat.headers.get('set-cookie')?.split(';')[0] ?? '';
    const knock = (path: string, origin?: string) =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(server.origin.replace('http', 'ws') + path, {
          headers: { cookie, ...(origin === undefined ? {} : { origin }) },
        });
        socket.on('open', () => (resolve('open'), socket.terminate()));
        socket.on('error', (error) => resolve(error.message));
      });
    const sync = `/sync/${document}`;
    expect(await knock(sync, server.origin)).toBe('open');
    for (const origin of ['https://elsewhere.example', 'null', `${server.origin}0`, undefined]) {
      expect([origin, await knock(sync, origin)]).toEqual([origin, 'Unexpected server response: 403']);
      const live = `/live/?EIO=4&transport=websocket&v=1&workshop=${workshop}`;
      expect([origin, await knock(live, origin)]).not.toContain('open');
    }
    expect(await knock(`/live/?EIO=4&transport=websocket&v=1&workshop=${workshop}`, server.origin)).toBe('open');
    expect(await knock('/elsewhere', server.origin)).toBe('Unexpected server response: 404');
  });

  test('after all that it still takes guests', async () => {
    const answer = await join_({ code, name: 'Aida' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('set-cookie')).toMatch(/^seat-[a-z0-9]+=[a-z0-9]+;.*HttpOnly/i);
  });
});
