import { expect, test } from 'vitest';
import { MARK } from '#protocol/mark.ts';
import { assetsNamed } from './assets-named.ts';
import { readKeepPage } from './kept-pages.ts';
import { reach } from './reach.ts';

const answering = (status: number, headers: Record<string, string> = {}) =>
  reach(() => Promise.resolve(new Response(status === 204 ? null : 'x', { status, headers })));

test('[Y75] the server is known by its mark, and a sign-in page, a redirect to one or a proxy is not taken for it', async () => {
  expect(await answering(200, { [MARK]: '1' })).toBe('server');
  expect(await answering(503, { [MARK]: '1' })).toBe('server');
  expect(await answering(200)).toBe('stranger');
  expect(await answering(302, { location: 'http://hotel.example/' })).toBe('stranger');
  expect(await answering(511)).toBe('stranger');
  for (const status of [502, 503, 504]) expect(await answering(status)).toBe('nobody');
  expect(await reach(() => Promise.reject(new TypeError('Failed to fetch')))).toBe('nobody');
});

test('[Y20] a page is kept with the scripts and styles that it names, each once, wherever they are named', async () => {
  const html = `<link href="/_app/immutable/assets/0.Ab-c_1.css" rel="stylesheet">
    <link rel="modulepreload" href="../../_app/immutable/entry/start.X.js">
    <script>import("/_app/immutable/entry/start.X.js")</script><img src="/_app/immutable/assets/a.png">`;
  const link = '<../../_app/immutable/nodes/25.D.js>; rel="modulepreload"; nopush, </_app/immutable/entry/start.X.js>';
  expect(await assetsNamed(new Response(html, { headers: { link } }))).toEqual([
    '/_app/immutable/nodes/25.D.js',
    '/_app/immutable/entry/start.X.js',
    '/_app/immutable/assets/0.Ab-c_1.css',
  ]);
});

test('[Y20] only an order to keep a page is one', () => {
  const order = { kind: 'keepPage', url: 'http://a/b', assets: ['http://a/c.js'] };
  expect(readKeepPage(order)).toEqual(order);
  expect(readKeepPage({ ...order, assets: ['x', 1, null] })?.assets).toEqual(['x']);
  for (const other of [null, 1, 'keepPage', {}, { kind: 'keepPage' }, { ...order, url: 1 }, { ...order, assets: 'x' }])
    expect(readKeepPage(other)).toBe(null);
});
