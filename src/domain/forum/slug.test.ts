import { expect, test } from 'vitest';
import { numberedSlug, slugOf } from './slug.ts';

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
