import type { Block } from '#domain/languages/text.ts';

const ENOUGH = 60; // characters; what a screen reader says before one knows which item it is

/** The beginning of a text on one line, cut between words: what a screen reader calls the item. Empty for a text without words. */
export function firstWords(blocks: readonly Block[], most = ENOUGH): string {
  const text = beginning(blocks, most * 4)
    .replace(/\s+/gu, ' ')
    .trim();
  const signs = Array.from(text);
  if (signs.length <= most) return text;
  const cut = signs.slice(0, most + 1).join('');
  const space = cut.lastIndexOf(' ');
  // A word without end is cut anywhere, but not within a letter.
  const kept = space > most / 2 ? cut.slice(0, space) : letters(cut).slice(0, -1).join('');
  return `${withoutEnd(kept)}…`;
}

function withoutEnd(text: string): string {
  let end = text.length;
  while (end > 0 && /[\s.,;:–—-]/u.test(text[end - 1]!)) end -= 1;
  return text.slice(0, end);
}

/** No more than is needed: a text may have 250,000 characters, and is named at every change. */
function beginning(blocks: readonly Block[], enough: number): string {
  let text = '';
  for (const block of blocks) {
    const lines = block.kind === 'paragraph' ? [block.runs] : block.items;
    for (const runs of lines) {
      for (const run of runs) {
        if (text.length >= enough) return text;
        text += run.text.slice(0, enough);
      }
      text += ' ';
    }
  }
  return text;
}

function letters(text: string): string[] {
  if (typeof Intl.Segmenter !== 'function') return Array.from(text);
  return Array.from(new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text), ({ segment }) => segment);
}
