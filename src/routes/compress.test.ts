import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { compressed } from './compress.ts';

const WORDS = '<p>a page of many words</p>'.repeat(200);
const page = (type = 'text/html', init: HeadersInit = {}) =>
  new Response(WORDS, { status: 201, headers: { 'content-type': type, ...init } });
const asked = (headers: Record<string, string> = {}, origin = 'https://forum.example') =>
  new Request(`${origin}/join`, { headers: { 'accept-encoding': 'gzip, deflate, br', ...headers } });
const isCompressed = (answer: Response) => answer.headers.get('content-encoding') === 'gzip';

describe('[H26] text goes compressed', () => {
  test('whole, with its status, its headers and its new length', async () => {
    const answer = await compressed(asked(), page('text/html', { 'set-cookie': 'a=1' }));
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(gunzipSync(bytes).toString()).toBe(WORDS);
    expect(bytes.length).toBeLessThan(WORDS.length / 10);
    expect(answer.status).toBe(201);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-length': String(bytes.length),
      'set-cookie': 'a=1',
      vary: 'accept-encoding',
    });
  });

  test.each(['text/html; charset=utf-8', 'application/json', 'application/ld+json', 'text/csv'])('%s', async (type) =>
    expect(isCompressed(await compressed(asked(), page(type)))).toBe(true),
  );

  test.each(['application/pdf', 'font/woff2', 'application/octet-stream', 'image/png'])('%s does not', async (type) =>
    expect(isCompressed(await compressed(asked(), page(type)))).toBe(false),
  );

  test.each(['', 'br', 'identity', 'gzip;q=0', 'gzip; q=0.0', 'x-gzip-like'])(
    'a browser that takes “%s” gets it as it is',
    async (accepted) => {
      const answer = await compressed(asked({ 'accept-encoding': accepted }), page());
      expect(isCompressed(answer)).toBe(false);
      expect(answer.headers.get('vary')).toBe('accept-encoding');
      expect(await answer.text()).toBe(WORDS);
    },
  );

  test('what is small, empty or compressed already stays', async () => {
    expect(isCompressed(await compressed(asked(), page('text/html', { 'content-length': '90' })))).toBe(false);
    expect((await compressed(asked(), new Response(null, { status: 204 }))).status).toBe(204);
    const brotli = await compressed(asked(), page('text/html', { 'content-encoding': 'br' }));
    expect(brotli.headers.get('content-encoding')).toBe('br');
  });
});

describe('[H27] what was made for a person is not compressed for who comes from another site by https', () => {
  const cookie = { cookie: 'seat=secret' };
  test.each([
    ['one’s own page', { ...cookie, 'sec-fetch-site': 'same-origin' }, true],
    ['a typed or scanned address', { ...cookie, 'sec-fetch-site': 'none' }, true],
    ['another site', { ...cookie, 'sec-fetch-site': 'cross-site' }, false],
    ['a neighbour of this site', { ...cookie, 'sec-fetch-site': 'same-site' }, false],
    ['a browser that does not say', cookie, false],
    ['another site, without a cookie', { 'sec-fetch-site': 'cross-site' }, true],
  ])('%s', async (_, headers, expected) =>
    expect(isCompressed(await compressed(asked(headers), page()))).toBe(expected),
  );

  test('without https there is nothing to hide it from', async () =>
    expect(isCompressed(await compressed(asked(cookie, 'http://192.168.1.4:3000'), page()))).toBe(true));
});
