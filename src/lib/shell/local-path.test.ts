import fc from 'fast-check';
import { expect, test } from 'vitest';
import { localPath } from './local-path.ts';

test.each([
  ['/account', '/account'],
  ['/forums/a?b=c', '/forums/a?b=c'],
  ['/a/../b', '/b'],
  ['/форум?имя=я', '/%D1%84%D0%BE%D1%80%D1%83%D0%BC?%D0%B8%D0%BC%D1%8F=%D1%8F'],
])('[A20] %j stays', (value, path) => expect(localPath(value, '/')).toBe(path));

/** Where a browser on any page of ours goes when it is told to go there. */
const led = (path: string) => ['https://forum.example/', 'https://forum.example/a/b?c'].map((at) => new URL(path, at));

const OUT = [
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/..//evil.example',
  '/.//evil.example',
  '/./\\evil.example',
  '/a/..//evil.example',
  '/%2e//evil.example',
  '/%2e%2e//evil.example',
  '/.\t//evil.example',
  '/..\\/evil.example',
  ' //evil.example',
  '/x/../..//evil.example/%2f..',
  'javascript:alert(1)',
  '',
  null,
  7,
];
test.each(OUT)('[A20] [H5] %j never leads to another site', (value) => {
  const path = localPath(value, '/');
  for (const { origin } of led(path)) expect(origin).toBe('https://forum.example');
  expect(path).toMatch(/^\/(?![/\\])/);
});

test('[H5] no path that can be made leads to another site, and what comes back stays as it is', () => {
  const piece = fc.constantFrom(
    '/',
    '\\',
    '.',
    '..',
    '%2f',
    '%2e',
    '%5c',
    '\t',
    '\n',
    '@',
    ':',
    '?',
    '#',
    'evil.example',
    'a',
    ' ',
  );
  const path = fc.oneof(
    fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
    fc.array(piece, { maxLength: 12 }).map((pieces) => `/${pieces.join('')}`),
    fc.string({ unit: 'binary', maxLength: 40 }).map((text) => `/${text}`),
  );
  fc.assert(
    fc.property(path, (value) => {
      const back = localPath(value, '/');
      expect(back).toMatch(/^\/(?![/\\])[\x21-\x7e]*$/);
      for (const { origin } of led(back)) expect(origin).toBe('https://forum.example');
      expect(localPath(back, '/otherwise')).toBe(back);
    }),
    { numRuns: 20_000 },
  );
});
