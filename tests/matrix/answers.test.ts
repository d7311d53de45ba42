import { request } from 'node:http';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LIMITS } from '#domain/limits.ts';
import { dastarkhan, ServerProcess } from '../rig/server-process.ts';

const server = new ServerProcess();
let code = '';
beforeAll(async () => {
  await server.start();
  const file = join(mkdtempSync(join(tmpdir(), 'dastarkhan-')), 'forum.json');
  writeFileSync(file, JSON.stringify({ title: 'New', from: '2026-05-01', agenda: [{ kind: 'workshop', title: 'W' }] }));
  const made = await dastarkhan(['forum', 'create', file, '--json'], { DATA_DIR: server.dataDir });
  const forum = JSON.parse(made.stdout) as { joinCode: string; slug: string };
  code = forum.joinCode;
  expect(forum.slug).toBe('new-forum');
});
afterAll(() => server.remove());

interface Sent {
  readonly type?: string;
  readonly body?: string | Buffer;
  /** Without a length, in pieces. */
  readonly chunked?: boolean;
  readonly headers?: Record<string, string>;
}

/** By hand, because `fetch` mends what is sent. */
function post(path: string, { type, body = '', chunked = false, headers = {} }: Sent) {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const sent = request(server.origin + path, {
      method: 'POST',
      headers: {
        origin: server.origin,
        accept: 'application/json',
        ...(type !== undefined && { 'content-type': type }),
        ...(!chunked && { 'content-length': Buffer.byteLength(body) }),
        ...headers,
      },
    });
    sent.on('response', (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    sent.on('error', reject);
    for (let at = 0; at < body.length; at += 30_000) sent.write(body.slice(at, at + 30_000));
    sent.end();
  });
}

const FORM = 'application/x-www-form-urlencoded';
const rows = (count: number) => Array.from({ length: count }, (_, index) => `agenda[${index}].title=x`).join('&');
/** A failed action is answered with 200 and its status inside. */
const said = (text: string) => /"status":(\d+)/.exec(text)?.[1] ?? '';

describe('bodies', () => {
  test('[H1] without an account a form for a forum is not read: it is not even counted', async () => {
    for (const action of ['create', 'import']) {
      const { text } = await post(`/forums/new?/${action}`, { type: FORM, body: rows(9_999) });
      expect([action, said(text)]).toEqual([action, '403']);
      expect(text).not.toContain('tooLarge');
    }
  });

  const big = 'a'.repeat(LIMITS.bodyOfNobody.most + 1);
  test.each([
    ['/locale', FORM],
    ['/seat', FORM],
    ['/api/join', 'application/json'],
    ['/sign-in', FORM],
  ])('[H2] [H4] %s takes from nobody as much as the limit says, by length or in chunks', async (path, type) => {
    for (const chunked of [false, true]) {
      const { status, text } = await post(path, { type, body: big, chunked });
      expect([status === 413 || said(text) === '413', text]).toEqual([true, expect.stringContaining('tooLarge')]);
      const fits = await post(path, { type, body: big.slice(1), chunked });
      expect(fits.text).not.toContain('tooLarge');
    }
  });

  test('[H2] a length that was declared counts before the first byte', async () => {
    const status = await new Promise<number>((resolve, reject) => {
      const sent = request(`${server.origin}/locale`, {
        method: 'POST',
        headers: { origin: server.origin, 'content-type': FORM, 'content-length': 1_500_000 },
      });
      sent.on('response', (answer) => (resolve(answer.statusCode ?? 0), sent.destroy()));
      sent.on('error', reject);
      sent.flushHeaders();
    });
    expect(status).toBe(413);
  });

  test('[H3] [H4] more fields than a form may have are refused unread', async () => {
    const body = 'a&'.repeat(LIMITS.formFields.most + 1);
    expect((await post('/locale', { type: FORM, body })).text).toContain('"kind":"tooMany"');
    const part = '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n'.slice(0, 8);
    const parts = part.repeat(LIMITS.formFields.most + 1);
    const multipart = await post('/seat', { type: 'multipart/form-data; boundary=x', body: parts });
    expect(multipart.text).toContain('"kind":"tooMany"');
  });

  test.each([
    'text/xml',
    'application/json',
    'text/plain',
    'multipart/form-data',
    'multipart/form-data; boundary=x',
    '',
    'x',
  ])('[H4] what is no form (%j) is answered with a 4xx and words', async (type) => {
    for (const path of ['/locale', '/seat', '/sign-in', `/join/${code}?/join`]) {
      const { status, text } = await post(path, { type, body: 'garbage' });
      const inside = Number(said(text) || status);
      expect([path, inside >= 400 && inside < 500]).toEqual([path, true]);
    }
  });

  test('an answer that comes before the body leaves the connection usable', async () => {
    for (let times = 0; times < 5; times += 1) {
      const refused = await fetch(`${server.origin}/forums/new?/create`, {
        method: 'POST',
        headers: { origin: server.origin, 'content-type': FORM, accept: 'application/json' },
        body: rows(9_999),
      });
      await refused.text();
      expect((await fetch(`${server.origin}/healthz`)).status).toBe(200);
    }
  });
});

describe('the log', () => {
  test('[H11] whatever is asked, it holds no stack, no token and no name', async () => {
    const secret = 'sekrettoken0000secret';
    for (const path of [
      `/invite/${secret}`,
      `/seat/${secret}`,
      `/set-up/${secret}`,
      `/join/${secret}`,
      `/nowhere/${secret}`,
    ]) {
      await fetch(server.origin + path);
      await post(path, { type: 'text/xml', body: secret });
      await post(`${path}?/nothing`, { type: FORM, body: `name=${secret}` });
      await fetch(server.origin + path, { method: 'DELETE' });
    }
    await fetch(`${server.origin}/%E0%A4%A`);
    expect(server.stderr).not.toContain(secret);
    expect(server.stderr).not.toMatch(/^\s+at /m);
  });
});

test('[H9] a forum that is there and one that is not are answered alike to nobody', async () => {
  const pages = [
    '',
    '/outcome',
    '/people',
    '/settings',
    '/workshops/aaaaaaaa',
    '/workshops/aaaaaaaa/control',
    '/__data.json',
  ];
  const files = ['/forum.json', '/outcome.pdf', '/boards/board/aaaaaaaa/versions', '/boards/board/aaaaaaaa/versions/1'];
  const seen = async (path: string) => {
    const answer = await fetch(server.origin + path, { redirect: 'manual' });
    return [answer.status, answer.headers.get('location'), (await answer.text()).replace(/nonce(-|=")[^"']+/g, '')];
  };
  for (const rest of pages) {
    const [there, absent] = [await seen(`/forums/new-forum${rest}`), await seen(`/forums/new-absent${rest}`)];
    expect([rest, JSON.stringify(there).replaceAll('new-forum', 'new-absent')]).toEqual([rest, JSON.stringify(absent)]);
  }
  for (const rest of files) {
    expect([rest, (await seen(`/api/forums/new-forum${rest}`))[0]]).toEqual([rest, 404]);
    expect([rest, (await seen(`/api/forums/new-absent${rest}`))[0]]).toEqual([rest, 404]);
  }
});

test('[H7] [H8] files, health, errors and what is no route have the headers too; files that never change are kept', async () => {
  const page = await (await fetch(server.origin)).text();
  const script = /"(?:\.\.?)?(\/_app\/immutable\/[^"]+\.js)"/.exec(page)?.[1] ?? '';
  expect(script).not.toBe('');
  for (const path of [
    script,
    '/service-worker.js',
    '/healthz',
    '/readyz',
    '/metrics',
    '/nowhere',
    '/_app/nothing.js',
    '/offline',
  ]) {
    const { headers } = await fetch(server.origin + path);
    for (const name of [
      'content-security-policy',
      'referrer-policy',
      'permissions-policy',
      'cross-origin-opener-policy',
    ]) {
      expect([path, name, headers.has(name)]).toEqual([path, name, true]);
    }
    expect([path, headers.get('x-content-type-options')]).toEqual([path, 'nosniff']);
    expect(headers.has('strict-transport-security')).toBe(false);
  }
  expect((await fetch(server.origin + script)).headers.get('cache-control')).toMatch(/immutable/);
});
