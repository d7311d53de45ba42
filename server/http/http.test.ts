import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { setHeaders } from './headers.ts';
import { answerHealth, type Vitals } from './health.ts';
import { isHost } from './host.ts';
import { ProxyNotice } from './proxy-notice.ts';

const vitals: Vitals = { ready: () => Promise.resolve(), gauges: () => ({ one: 1 }), metricsToken: undefined };

function metrics(headers: Record<string, string>, remoteAddress: string, metricsToken?: string): number {
  let status = 0;
  const res = Object.assign(new EventEmitter(), {
    setHeader: () => undefined,
    writeHead: (code: number) => ((status = code), { end: () => undefined }),
  });
  const req = { method: 'GET', headers, socket: { remoteAddress } };
  answerHealth(req as unknown as IncomingMessage, res as unknown as ServerResponse, '/metrics', {
    ...vitals,
    metricsToken,
  });
  return status;
}

test('[H10] under a name that is not this machine’s nobody reads metrics without the token', () => {
  for (const host of ['localhost', 'localhost:3000', '127.0.0.1:3000', '[::1]:3000']) {
    expect(metrics({ host }, '127.0.0.1')).toBe(200);
  }
  for (const host of ['evil.example', 'evil.example:3000', 'localhost.evil.example', '127.0.0.1.evil.example', '']) {
    expect(metrics({ host }, '127.0.0.1')).toBe(401);
    expect(metrics({ host, authorization: 'Bearer right' }, '127.0.0.1', 'right')).toBe(200);
  }
});

test.each(['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'])('[H10] this machine (%s) reads metrics', (from) => {
  expect(metrics({}, from)).toBe(200);
});

test.each(['192.168.1.7', '10.127.0.1', '::ffff:10.0.0.1', '2001:db8::1', ''])('[H10] %j does not', (from) => {
  expect(metrics({}, from)).toBe(401);
  expect(metrics({ authorization: 'Bearer ' }, from)).toBe(401);
  expect(metrics({ authorization: 'Bearer undefined' }, from)).toBe(401);
});

test.each(['x-forwarded-for', 'x-forwarded-proto', 'x-real-ip', 'forwarded', 'via'])(
  '[H10] a proxy on this machine (%s) speaks for others',
  (name) => expect(metrics({ [name]: '127.0.0.1' }, '127.0.0.1')).toBe(401),
);

test('[H10] the token opens them from anywhere, and only the token', () => {
  expect(metrics({ authorization: 'Bearer opensesame' }, '192.168.1.7', 'opensesame')).toBe(200);
  for (const authorization of ['Bearer opensesam', 'Bearer opensesamee', 'Basic opensesame', 'opensesame']) {
    expect([authorization, metrics({ authorization }, '192.168.1.7', 'opensesame')]).toEqual([authorization, 401]);
  }
});

test.each(['forum.example', 'localhost:3000', '192.168.1.20:3000', '[::1]:3000', 'a', 'table_1.local.', undefined])(
  '[H12] %j can be a host',
  (host) => expect(isHost(host)).toBe(true),
);

test.each([
  '',
  'a b',
  'a/b',
  'a"><script>',
  'user@host',
  'a:port',
  'a:123456',
  '-a',
  '[x]',
  'a\\b',
  'хост',
  `${'a'.repeat(300)}`,
])('[H12] %j cannot', (host) => expect(isHost(host)).toBe(false));

test('[H7] https is asked for where the server is reached by it, and nowhere else', () => {
  const sent = (origin: string | undefined) => {
    const headers = new Map<string, string>();
    setHeaders({ setHeader: (name: string, value: string) => headers.set(name, value) } as never, origin);
    return headers;
  };
  expect(sent('https://forum.example').get('strict-transport-security')).toMatch(/^max-age=\d{8,}$/);
  for (const origin of [undefined, 'http://10.0.0.7:3000']) {
    expect(sent(origin).has('strict-transport-security')).toBe(false);
    expect(sent(origin).get('content-security-policy')).toContain("frame-ancestors 'none'");
  }
});

test.each([
  ['a proxy that keeps the host', { origin: 'https://forum.example', host: 'forum.example' }],
  [
    'a proxy that says the protocol',
    { origin: 'https://forum.example', host: 'localhost:3000', 'x-forwarded-proto': 'https' },
  ],
  [
    'a proxy that speaks RFC 7239',
    { origin: 'https://forum.example', host: 'localhost:3000', forwarded: 'for=1.2.3.4;proto=https' },
  ],
])('[H13] behind %s the operator is told once what to set', (_, headers) => {
  const said: string[] = [];
  const notice = new ProxyNotice(undefined, (line) => said.push(line));
  for (let times = 0; times < 3; times += 1) notice.look({ method: 'POST', headers } as unknown as IncomingMessage);
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(/^dastarkhan: .*ORIGIN=https:/);
  expect(said[0]).not.toContain('\n');
});

test('[H13] nothing is said when forms work, and nobody writes into the line', () => {
  const said: string[] = [];
  const look = (origin: string | undefined, method: string, headers: Record<string, string>) =>
    new ProxyNotice(origin, (line) => said.push(line)).look({ method, headers } as unknown as IncomingMessage);
  look('https://forum.example', 'POST', { origin: 'https://forum.example', host: 'forum.example' });
  look(undefined, 'GET', { origin: 'https://forum.example', host: 'forum.example' });
  look(undefined, 'POST', { origin: 'http://forum.example', host: 'forum.example' });
  look(undefined, 'POST', { origin: 'https://elsewhere.example', host: 'forum.example' });
  look(undefined, 'POST', { host: 'forum.example' });
  expect(said).toEqual([]);
  look(undefined, 'POST', { origin: 'https://evil.example', host: 'evil.example' });
  expect(said.join()).not.toContain('evil');
});
