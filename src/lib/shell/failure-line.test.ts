import { expect, test } from 'vitest';
import { failureLine } from './failure-line.server.ts';

const line = (error: unknown) => failureLine(error, 'POST', '/invite/[token]', 500);

test('[H11] a failure is one line with its route, code and place, without what anybody wrote', () => {
  const said = line(Object.assign(new TypeError('Айгуль\n    at home:1:1'), { code: 'EIO' }));
  expect(said).toMatch(/^pages: POST \/invite\/\[token\]: 500 EIO at [\w.-]+:\d+:\d+$/);
  expect(said).not.toContain('Айгуль');
});

test.each([
  ['text', 'thrown text'],
  [null, 'null'],
  [Object.assign(new Error('x'), { name: 'a name\nwith lines' }), 'a name'],
  [Object.assign(new Error('x'), { stack: `Error: ${'    at '.repeat(10_000)}` }), 'a long stack'],
])('[H11] whatever is thrown is one short line (%#)', (error) => {
  expect(line(error)).toMatch(/^.{1,200}$/);
  expect(line(error)).not.toContain('with lines');
});
