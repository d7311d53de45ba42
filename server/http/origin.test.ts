import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { originAllowed } from './origin.ts';

const from = (origin: string | undefined, host = 'forum.example') =>
  ({ headers: { host, ...(origin === undefined ? {} : { origin }) } }) as IncomingMessage;

test('[Y5] with a configured origin exactly that one is ours', () => {
  const ours = 'https://forum.example';
  expect(originAllowed(from(ours), ours)).toBe(true);
  for (const origin of [
    undefined,
    'null',
    '',
    'https://elsewhere.example',
    'https://sub.forum.example',
    'https://forum.example.elsewhere.example',
    'https://forum.example:8443',
    'http://forum.example',
    'HTTPS://FORUM.EXAMPLE',
  ]) {
    expect([origin, originAllowed(from(origin), ours)]).toEqual([origin, false]);
  }
});

test('[Y5] without one it is the host that the request was sent to', () => {
  expect(originAllowed(from('http://192.168.1.20:3000', '192.168.1.20:3000'), undefined)).toBe(true);
  expect(originAllowed(from('https://forum.example'), undefined)).toBe(true);
  for (const origin of [undefined, 'null', 'http://elsewhere.example', 'http://forum.example:3000']) {
    expect([origin, originAllowed(from(origin), undefined)]).toEqual([origin, false]);
  }
});
