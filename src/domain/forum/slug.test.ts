import { expect, test } from 'vitest';
import { numberedSlug, PAGES, shownSlug, slugOf, storedSlug } from './slug.ts';

test('[F1] an address is made of the title in the letters of any working language', () => {
  expect(slugOf('Regional Forum 2026: Media & Literacy')).toBe('regional-forum-2026-media-literacy');
  expect(slugOf('Форум библиотекарей Щучинска')).toBe('forum-bibliotekarey-shchuchinska');
  expect(slugOf('Қазақстан өңірлік форумы')).toBe('qazaqstan-ongirlik-forumy');
  expect(slugOf('Ҷамъомади Тоҷикистон ӯ ӣ')).toBe('jamomadi-tojikiston-u-i');
  expect(slugOf('Oʻzbekiston forumi')).toBe('ozbekiston-forumi');
  expect(slugOf('Türkmenistanyň žurnalistleri')).toBe('turkmenistanyn-zurnalistleri');
  expect(slugOf('تعلیم ۲۰۲۶')).toBe('talim-2026');
});

test('[F1] an address has a–z, 0–9 and single dashes only, and is never empty', () => {
  expect(slugOf('—  ../../etc%00 <b> —')).toBe('etc-00-b');
  expect(slugOf('会議')).toBe('forum');
  expect(slugOf('')).toBe('forum');
  const long = slugOf('word '.repeat(60));
  expect(long.length).toBeLessThanOrEqual(60);
  expect(long).toMatch(/^(word-)*word$/);
  expect(slugOf('x'.repeat(300))).toHaveLength(60);
});

test('[F1] a taken address is numbered from the second on', () => {
  expect([1, 2, 3].map((number) => numberedSlug('a', number))).toEqual(['a', 'a-2', 'a-3']);
});

test.each([...PAGES])('[H6] a forum called “%s” gets an address that no page has', (word) => {
  for (const number of [1, 2, 3]) expect(PAGES.has(numberedSlug(slugOf(word), number))).toBe(false);
});

test.each([...PAGES])(
  '[H6] a forum that has the address of the page “%s” is shown under another, and found by both',
  (word) => {
    expect(PAGES.has(shownSlug(word))).toBe(false);
    expect(slugOf(shownSlug(word))).not.toBe(shownSlug(word));
    expect([storedSlug(shownSlug(word)), storedSlug(word)]).toEqual([word, word]);
  },
);

test('[H6] other addresses stay as they are', () => {
  for (const slug of ['news', 'new-2', 'forum', 'a--1', 'api'])
    expect([shownSlug(slug), storedSlug(slug)]).toEqual([slug, slug]);
});
