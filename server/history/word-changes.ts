import { diffArrays } from 'diff';
import type { Piece } from '#protocol/versions-schema.ts';

const MOST_EDITS = 1_000; // words put in or taken out of one text; where more differ, nobody reads it word by word
const LONGEST = 40_000; // characters in both texts

/**
 * From one text to another by the words of its language, in any script: all pieces but the added ones are the text before, all but the
 * removed ones the text after. Where too much differs, what stood there and what stands there now, whole.
 */
export function wordChanges(before: string, after: string, lang: string): Piece[] {
  if (before === after) return piecesOf([['same', before]]);
  const changes = before.length + after.length <= LONGEST ? changesOf(before, after, lang) : undefined;
  return changes ? piecesOf(inWords(changes)) : piecesOf(replaced(before, after));
}

type Part = readonly [kind: Piece['kind'], text: string];

const replaced = (before: string, after: string): Part[] => [
  ['removed', before],
  ['added', after],
];

function changesOf(before: string, after: string, lang: string): Part[] | undefined {
  const words = wordsIn(lang);
  return diffArrays(words(before), words(after), { maxEditLength: MOST_EDITS })?.map(({ added, removed, value }) => [
    added ? 'added' : removed ? 'removed' : 'same',
    value.join(''),
  ]);
}

function wordsIn(lang: string): (text: string) => string[] {
  const segmenter = new Intl.Segmenter(lang, { granularity: 'word' });
  return (text) => Array.from(segmenter.segment(text), ({ segment }) => segment);
}

const NO_WORD = /^[^\p{L}\p{N}\n]*$/u;

/** What was removed before what was added; a space that stayed between two changes is no text that stayed. */
function inWords(parts: readonly Part[]): Part[] {
  const result: Part[] = [];
  let [removed, added] = ['', ''];
  for (const [index, [kind, text]] of parts.entries()) {
    const isBetween = removed + added !== '' && index < parts.length - 1 && NO_WORD.test(text);
    if (kind === 'removed' || (kind === 'same' && isBetween)) removed += text;
    if (kind === 'added' || (kind === 'same' && isBetween)) added += text;
    if (kind !== 'same' || isBetween) continue;
    const space = spaceBehind(removed, added);
    result.push(...replaced(cut(removed, space), cut(added, space)), [kind, space + text]);
    [removed, added] = ['', ''];
  }
  const space = spaceBehind(removed, added);
  return [...result, ...replaced(cut(removed, space), cut(added, space)), ['same', space]];
}

/** What both end with, of white space. */
function spaceBehind(one: string, other: string): string {
  let length = 0;
  while (/\s/.test(one.at(-1 - length) ?? '') && one.at(-1 - length) === other.at(-1 - length)) length += 1;
  return length > 0 ? one.slice(-length) : '';
}

const cut = (text: string, end: string): string => text.slice(0, text.length - end.length);

function piecesOf(parts: readonly Part[]): Piece[] {
  return parts.filter(([, text]) => text !== '').map(([kind, text]) => ({ kind, text }));
}
