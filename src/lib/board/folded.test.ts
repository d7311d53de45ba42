import { expect, test } from 'vitest';
import { textOfBlocks, type Block } from '#domain/languages/text.ts';
import { folded } from './folded.ts';
import { isLong } from './is-long.ts';

const paragraph = (text: string): Block => ({ kind: 'paragraph', lang: 'en', runs: [{ text }] });
const list = (...items: string[]): Block => ({ kind: 'list', lang: 'en', items: items.map((text) => [{ text }]) });
const words = (blocks: readonly Block[]) => textOfBlocks(blocks).replaceAll(' …', '').replace(/\s+/gu, '');

test.each([
  [[], null],
  [[paragraph('An idea.')], null],
  [[paragraph('word '.repeat(400))], null],
  [[paragraph('word '.repeat(40_000))], 40_000],
  [[paragraph('x'.repeat(200_000))], 1],
  [[paragraph('🌾'.repeat(1_100))], 1],
  [[paragraph(`x${'🌾'.repeat(1_100)}`)], 1],
  [[paragraph('Why:'), list(...Array.from({ length: 100 }, (_, at) => `point ${at}`)), paragraph('So.')], 202],
  [[list('short', 'word '.repeat(600)), paragraph('end')], 602],
  [[paragraph('word '.repeat(170)), paragraph('word '.repeat(170)), paragraph('word '.repeat(170))], 510],
] as const)('[B87] a long text is its beginning and its rest, and nothing is lost: %#', (blocks, count) => {
  expect(isLong(blocks)).toBe(count !== null);
  if (count === null) return;
  const fold = folded(blocks);
  expect(fold.words).toBe(count);
  expect(words([...fold.shown, ...fold.rest])).toBe(words(blocks));
  expect(textOfBlocks(fold.shown)).toMatch(/ …$/);
  expect(textOfBlocks(fold.shown).length).toBeLessThan(1_000);
  expect(fold.shown.flatMap((block) => (block.kind === 'list' ? block.items : [block.runs])).length).toBeLessThan(13);
  expect(textOfBlocks(fold.shown)).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
  expect(fold.rest.length).toBeGreaterThan(0);
});

test('[B87] a text is cut between words, and its marks stay', () => {
  const runs = [
    { text: 'a '.repeat(440), em: true as const },
    { text: 'strong words '.repeat(200), strong: true as const },
  ];
  const fold = folded([{ kind: 'paragraph', lang: 'en', runs }]);
  expect(fold.shown[0]).toMatchObject({ runs: [{ em: true }, { strong: true }, { text: ' …' }] });
  expect(textOfBlocks(fold.shown)).toMatch(/a strong words strong …$/);
  expect(fold.rest[0]).toMatchObject({ runs: [{ strong: true }] });
});
