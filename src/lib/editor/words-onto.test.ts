import { EditorState, TextSelection } from 'prosemirror-state';
import { expect, test } from 'vitest';
import type { Block } from '#domain/languages/text.ts';
import { blocksOf } from './blocks-of.ts';
import { schema } from './schema.ts';
import { linesOf, sameSelection, wordsOnto } from './words-onto.ts';

const paragraph = (text: string) => schema.node('paragraph', null, text === '' ? [] : [schema.text(text)]);
const docOf = (text: string) => schema.node('doc', null, text.split('\n').map(paragraph));
const stateOf = (text: string) => EditorState.create({ schema, doc: docOf(text) });

test.each([
  ['nothing else', 'one two', 'one two', 'one two and more', 'one two and more'],
  ['theirs in front', 'one\ntwo', 'zero\none\ntwo', 'one\ntwo three', 'zero\none\ntwo three'],
  ['a line of mine between', 'one\ntwo', 'one\ntwo four', 'one\nnew\ntwo', 'one\nnew\ntwo four'],
  ['lines that I joined', 'one\ntwo\nthree', 'one\ntwo\nthree!', 'one two\nthree', 'one two\nthree!'],
  ['both at the end', 'ends', 'ends here', 'ends there', 'ends here there'],
  ['an empty text', '', '', 'mine\nand', 'mine\nand'],
])('[B71] words that were written meanwhile come into the text that stands there: %s', (_, base, now, mine, merged) => {
  expect(linesOf(wordsOnto(stateOf(now), { words: base, isOwn: () => false }, mine).doc)).toBe(merged);
});

test('[B71] they come into a list too, and marks stay', () => {
  const entries = ['one', 'two'].map((text) => schema.node('list_item', null, [paragraph(text)]));
  const strong = schema.node('paragraph', null, [schema.text('bold', [schema.mark('strong')])]);
  const doc = schema.node('doc', null, [strong, schema.node('bullet_list', { lang: 'ru' }, entries)]);
  const { doc: merged } = wordsOnto(
    EditorState.create({ schema, doc }),
    { words: 'bold\none\ntwo', isOwn: () => false },
    'bold\none more\ntwo',
  );
  const blocks: Block[] = [
    { kind: 'paragraph', lang: 'en', runs: [{ text: 'bold', strong: true }] },
    { kind: 'list', lang: 'ru', items: [[{ text: 'one more' }], [{ text: 'two' }]] },
  ];
  expect(blocksOf(merged, 'en')).toEqual(blocks);
});

test.each([
  ['in the same text', 'one two', 4, 'one two', 4],
  ['with words in front', 'two', 4, 'one two', 8],
  ['with a line in front', 'one\ntwo', 6, 'zero\none\ntwo', 12],
  ['with words behind', 'one', 4, 'one and two', 4],
  ['behind a letter between words of others', 'one a two', 6, 'one XaY two', 7],
  ['where its words are gone', 'one two', 8, 'one', 4],
  ['in front of words that are left, where those behind it are gone', 'one two', 4, 'XX two', 3],
])('[B70] the caret stays with its words: %s', (_, before, place, after, expected) => {
  expect(sameSelection(TextSelection.create(docOf(before), place), docOf(after)).anchor).toBe(expected);
});

const all = Array.from({ length: 99 }, (_, at) => at);

test.each([
  ['typed at the end', 'abc', 'ab', [2], 'abc too', 'abc too'],
  ['and they went on there', 'abc', 'ab theirs', [2], 'abc too', 'ab theirsc too'],
  ['in the middle', 'one twXo', 'one two', [6], 'one twXYo', 'one twXYo'],
  ['behind others of mine', 'abc', 'abXY', [0, 1, 2], 'abc too', 'abc tooXY'],
  ['in a word that others went on with too', '丁七', 'XY丁七', [], '丁专七丑', 'XY丁专七丑'],
  ['with a line that is new', 'one\ntwo', 'onetwo', [3], 'one\ntwo!', 'one\ntwo!'],
  ['brought by themselves', 'one', 'one and two', [], 'one and two', 'one and two'],
  ['what they did delete is deleted', 'one two', 'one', [], 'one two!', 'one!'],
  ['beside others that were on their way', 'one X丁乙 two', 'one 丁 two', [5, 6], 'one X丁乙丙 two', 'one 丁乙丙 two'],
  [
    'around a letter that others wrote around',
    'one 丁 two',
    'one 甲丁乙 two',
    [],
    'one 戊丁己 two',
    'one 甲丁乙戊己 two',
  ],
  [
    'beside words that share letters with them',
    'end is here',
    'end Emine too',
    all,
    'end is here',
    'end is hereEmine too',
  ],
  [
    'in front of words of others',
    'soabcd aida is hereABCD',
    'soabcdABCD Emine too',
    all,
    'soabcd aida is hereABCD',
    'soabcd aida is hereABCD Emine too',
  ],
])('[B71] own letters that were on their way are not lost: %s', (_, words, now, own, mine, merged) => {
  const gone = { words, isOwn: (at: number) => own.includes(at) };
  expect(linesOf(wordsOnto(stateOf(now), gone, mine).doc)).toBe(merged);
});

test('[B71] own letters are found beside those that others typed since the text came', () => {
  const [words, now] = ['one 丅丝丞', 'one 丙业丅'];
  const gone = { words, isOwn: (at: number) => at >= 4 };
  const { doc } = wordsOnto(stateOf(now), gone, `${words}丟`, (at) => at === 4 || at === 5);
  expect(linesOf(doc)).toBe('one 丙业丅丝丞丟');
});
