import { describe, expect, test } from 'vitest';
import { completeHref } from '#lib/editor/commands.ts';
import { PASTE_LIMIT, pasteTooLarge } from '#lib/editor/paste-limit.ts';
import { initialsOf } from './initials.ts';
import { newId } from '#lib/new-id.ts';
import { paragraphsOf } from './paragraphs.ts';
import { reuse } from './reuse.ts';

describe('reuse', () => {
  const before = {
    themes: [
      {
        id: 'a',
        items: [
          { id: 'x', text: ['1'] },
          { id: 'y', text: ['2'] },
        ],
      },
    ],
    loose: [],
  };

  test('what is equal is the same object, whatever changed beside it', () => {
    expect(reuse(before, structuredClone(before))).toBe(before);
    const next = structuredClone(before);
    next.themes[0]?.items[0]?.text.push('more');
    const result = reuse(before, next);
    expect(result).toEqual(next);
    expect(result.themes[0]?.items[1]).toBe(before.themes[0]?.items[1]);
    expect(result.themes[0]?.items[0]).not.toBe(before.themes[0]?.items[0]);
  });

  test('things that changed places are the same objects', () => {
    const next = structuredClone(before);
    next.themes[0]?.items.reverse();
    const result = reuse(before, next);
    expect(result.themes[0]?.items.map(({ id }) => id)).toEqual(['y', 'x']);
    expect(result.themes[0]?.items[1]).toBe(before.themes[0]?.items[0]);
  });

  test('a key that is gone is gone', () => {
    expect(reuse({ a: 1, b: 2 } as object, { a: 1 })).toEqual({ a: 1 });
  });
});

describe('what is typed into a plain field', () => {
  test('each line is a paragraph, and lines with a dash are one list', () => {
    expect(paragraphsOf('We recommend:\n– schools\n• libraries\n\nSoon.', 'en')).toEqual([
      { kind: 'paragraph', lang: 'en', runs: [{ text: 'We recommend:' }] },
      { kind: 'list', lang: 'en', items: [[{ text: 'schools' }], [{ text: 'libraries' }]] },
      { kind: 'paragraph', lang: 'en', runs: [{ text: 'Soon.' }] },
    ]);
  });

  test('a single line is a paragraph, without the dash it was typed with', () => {
    expect(paragraphsOf('- a forum', 'ru')).toEqual([{ kind: 'paragraph', lang: 'ru', runs: [{ text: 'a forum' }] }]);
    expect(paragraphsOf(' ', 'ru')).toEqual([{ kind: 'paragraph', lang: 'ru', runs: [] }]);
  });
});

describe('[B15] a paste', () => {
  const pasted = (text: string, html = '') =>
    pasteTooLarge({ getData: (type: string) => (type === 'text/plain' ? text : html) } as DataTransfer);

  test('fits up to 200,000 characters of text, however much markup comes with it', () => {
    expect(pasted('x'.repeat(PASTE_LIMIT))).toBeNull();
    expect(pasted('short', 'm'.repeat(9_000_000))).toBeNull();
    expect(pasteTooLarge(null)).toBeNull();
  });

  test('is refused whole beyond that', () => {
    expect(pasted('x'.repeat(PASTE_LIMIT + 1))).toBe(PASTE_LIMIT + 1);
    expect(pasted('', 'm'.repeat(3_000_000))).toBe(3_000_000);
  });
});

test.each([
  ['example.org/page', 'https://example.org/page'],
  ['http://example.org', 'http://example.org'],
  ['aida@example.org', 'mailto:aida@example.org'],
  ['localhost:3000/x', 'https://localhost:3000/x'],
  ['javascript:alert(1)', null],
  ['JavaScript:alert(1)', null],
  ['data:text/html,x', null],
  ['two words', null],
  ['', null],
])('[B12] the address %j becomes the link %j', (typed, href) => expect(completeHref(typed)).toBe(href));

test.each([
  ['Aida Sultanova', 'AS'],
  ['Bek', 'B'],
  ['  ольга  петровна  ким ', 'ОК'],
  ['عائشہ خان', 'عخ'],
  ['', ''],
])('the initials of %j are %j', (name, initials) => expect(initialsOf(name)).toBe(initials));

test('an id fits where ids are checked, and no two are alike', () => {
  const ids = Array.from({ length: 1_000 }, () => newId());
  expect(new Set(ids).size).toBe(1_000);
  for (const id of ids) expect(id).toMatch(/^[a-z0-9]{8,40}$/);
});
