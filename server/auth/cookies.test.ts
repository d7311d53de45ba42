import { expect, test } from 'vitest';
import type { ForumId } from '#domain/ids.ts';
import { CookieJar, readCookies } from './cookies.ts';
import { hashToken, newToken, randomId } from './tokens.ts';

const forum = 'forum123' as ForumId;

test('[A7] over https cookies are of this host alone; over http a browser still takes them', () => {
  const secure = new CookieJar('https://forum.example');
  expect(secure.session).toBe('__Host-session');
  expect(secure.seat(forum)).toBe('__Host-seat-forum123');
  expect(secure.options).toEqual({ httpOnly: true, secure: true, sameSite: 'lax', path: '/' });
  for (const origin of ['http://192.168.1.5:3000', undefined]) {
    const plain = new CookieJar(origin);
    expect(plain.session).toBe('session');
    expect(plain.seat(forum)).toBe('seat-forum123');
    expect(plain.options).toMatchObject({ httpOnly: true, secure: false });
  }
});

test('[A7] a Cookie header is read as browsers write it, and a bad one does not throw', () => {
  expect([...readCookies('a=1; b=x%20y; c=p=q; a=2; =none; bad=%E0%A4; alone')]).toEqual([
    ['a', '1'],
    ['b', 'x y'],
    ['c', 'p=q'],
  ]);
  expect(readCookies(undefined).size).toBe(0);
  expect(readCookies('__proto__=1').get('__proto__')).toBe('1');
});

test('[A5] tokens have 200 bits, differ, and are hashed in one way', () => {
  const tokens = Array.from({ length: 1_000 }, () => newToken());
  expect(new Set(tokens).size).toBe(1_000);
  for (const token of tokens) expect(token).toMatch(/^[a-z2-7]{40}$/);
  expect(hashToken('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(randomId()).toMatch(/^[a-z0-9]{16}$/);
});
