import { expect, test } from 'vitest';
import { localPath } from './local-path.ts';

test.each([
  ['/account', '/account'],
  ['/forums/a?b=c', '/forums/a?b=c'],
  ['/a/../b', '/b'],
])('[A20] %j stays', (value, path) => expect(localPath(value, '/')).toBe(path));

test.each([
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  'javascript:alert(1)',
  '',
  null,
  7,
])('[A20] %j never leads to another site', (value) => {
  const path = localPath(value, '/');
  expect(new URL(path, 'https://forum.example').origin).toBe('https://forum.example');
  expect(path.startsWith('//')).toBe(false);
});
