import { expect, test } from 'vitest';
import { LIMITS } from '#domain/limits.ts';
import { draftFromForm } from './draft-fields.ts';
import { indexForm } from './form-index.ts';
import { readForum } from './submitted.server.ts';

/** A form whose fields cannot be looked through one by one. */
function form(fields: Iterable<readonly [string, string]>): { form: FormData; passes: () => number } {
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value);
  let passes = 0;
  const once = new Proxy(data, {
    get(target, key) {
      if (key === 'get' || key === 'getAll' || key === 'keys') throw new Error(`${key} looks through the whole form`);
      if (key === 'entries') passes += 1;
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  return { form: once, passes: () => passes };
}

const rows = (count: number, path: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => [path(index), `row ${index}`] as const);

test('[H3] a form is looked through once, however many rows it has', () => {
  const { form: sent, passes } = form(rows(LIMITS.formFields.most, (index) => `agenda[${index % 150}].keyPoints`));
  expect(draftFromForm(indexForm(sent)).agenda).toHaveLength(150);
  expect(passes()).toBe(1);
});

test.each([
  ['agenda', (index: number) => `agenda[${index}].title`],
  ['speakers', (index: number) => `agenda[0].speakers[${index}].name`],
  ['rooms of one workshop', (index: number) => `agenda[3].rooms[${index}].name`],
  ['countries', (index: number) => `countries[${index}]`],
  ['a list that does not exist', (index: number) => `elsewhere[${index}].x`],
])('[H3] [H4] more %s than a list may have are refused in words, and no more are read', (_, path) => {
  const { most } = LIMITS.formRows;
  const many = readForum(form(rows(most + 1, path)).form, 'en', null);
  expect(many.details).toEqual({ ok: false, refusal: { kind: 'tooMany', what: 'rows', most } });
  expect(JSON.stringify(many.draft)).not.toContain(`row ${most}`);
  const fits = readForum(form(rows(most, path)).form, 'en', null);
  expect(fits.details).not.toMatchObject({ refusal: { kind: 'tooMany' } });
});

test('[H3] a name of brackets costs nothing', () => {
  const index = indexForm(form([['a' + '[1]'.repeat(20_000), 'x']]).form);
  expect(index.rows('a')).toEqual([]);
  expect(index.longerThan(0)).toBeNull();
});

test('names that objects have are names like others', () => {
  const index = indexForm(
    form([
      ['__proto__', 'x'],
      ['constructor[0]', 'y'],
    ]).form,
  );
  expect(index.text('__proto__')).toBe('x');
  expect(index.rows('constructor')).toEqual([0]);
  expect(index.text('toString')).toBe('');
});
