import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

const named = () =>
  execFileSync(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      "console.log((await import('./svelte.config.js')).default.kit.version.name, Date.now())",
    ],
    { encoding: 'utf8', cwd: `${import.meta.dirname}/..` },
  )
    .trim()
    .split(' ');

test('a build is named by what it is made of, however often its configuration is read meanwhile', () => {
  const [[first, then], [second, later]] = [named(), named()];
  expect(then).not.toBe(later);
  expect(first).toMatch(/^[0-9a-f]{16}$/);
  expect(second).toBe(first);
});
