import type { Node } from 'prosemirror-model';
import { TextSelection, type EditorState, type Selection, type Transaction } from 'prosemirror-state';
import { unitsIn } from '#domain/languages/units-in.ts';

/** The words of a text, a line for each paragraph. */
export const linesOf = (doc: Node): string => doc.textBetween(0, doc.content.size, '\n');

/** What somebody wrote when their text went: which of its letters are their own, of this page. */
export interface Gone {
  readonly words: string;
  readonly isOwn: (at: number) => boolean;
}

/**
 * Brings what somebody wrote into the text that stands there now: own letters that it lacks, for they were still on their way to it
 * and nobody has deleted them, and what was changed since the other text went. `isSince`: which of its letters others typed into it
 * after it had come, so that they are none of those that went.
 */
export function wordsOnto(
  state: EditorState,
  gone: Gone,
  mine: string,
  isSince: ((at: number) => boolean) | null = null,
): Transaction {
  const { tr } = state;
  const places = placesIn(state.doc);
  for (const { from, to, text } of changesOnto(gone, mine, linesOf(state.doc), isSince).toReversed()) {
    const at = places(from);
    if (to > from) tr.delete(at, places(to));
    // from the end: each line that is put in front stands at the same place
    for (const [index, line] of text.split('\n').toReversed().entries()) {
      if (index > 0) tr.split(at);
      if (line !== '') tr.insertText(line, at);
    }
  }
  return tr;
}

interface Change {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/**
 * Letter by letter, as changes of `now`: none of it replaces a word of others. What goes on behind an own letter follows it, the rest
 * stands in front of what it stood in front of.
 */
function changesOnto(
  { words, isOwn }: Gone,
  mine: string,
  now: string,
  isSince: ((at: number) => boolean) | null,
): Change[] {
  const came = [...Array(now.length).keys()].filter((at) => !isSince?.(at));
  const then = came.map((at) => now[at]).join('');
  const there = unitsIn(words, then, isSince && 'shrunk').map((at) => came[at] ?? -1);
  const left = unitsIn(words, mine, 'grown');
  /** Of each unit of mine its place in the words. */
  const sources = Array<number>(mine.length).fill(-1);
  for (const [source, at] of left.entries()) if (at >= 0) sources[at] = source;
  const placeOf = (at: number) => there[sources[at] ?? -1] ?? -1;
  const isMissing = (at: number) => placeOf(at) < 0 && (sources[at]! < 0 || isOwn(sources[at]!));

  const changes: Change[] = [];
  let before: number | null = null;
  for (let at = 0; at < mine.length;) {
    if (!isMissing(at)) {
      if (placeOf(at) >= 0) before = at;
      at += 1;
      continue;
    }
    let text = '';
    for (; at < mine.length && placeOf(at) < 0; at += 1) if (isMissing(at)) text += mine[at];
    const [begin, end] = [before === null ? 0 : placeOf(before) + 1, at < mine.length ? placeOf(at) : now.length];
    const place = before !== null && isOwn(sources[before]!) ? begin : end;
    // what stands there already was brought by the same hands
    if (now.slice(begin, end) !== text) changes.push({ from: place, to: place, text });
  }
  for (const [source, at] of there.entries()) {
    if (at < 0 || left[source]! >= 0) continue;
    const last = changes.at(-1);
    if (last?.text === '' && last.to === at) changes[changes.length - 1] = { ...last, to: at + 1 };
    else changes.push({ from: at, to: at + 1, text: '' });
  }
  return changes.sort((a, b) => a.from - b.from || a.to - b.to);
}

/** The same selection in a text that has other words too: it stays with its own. */
export function sameSelection({ anchor, head, $head }: Selection, doc: Node): Selection {
  const before = $head.doc;
  const there = unitsIn(linesOf(before), linesOf(doc), 'grown');
  const places = placesIn(doc);
  const within = (at: number) => {
    const { length } = before.textBetween(0, at, '\n');
    const isRightLeft = (there[length - 1] ?? -1) < 0 && (there[length] ?? -1) >= 0;
    const behind = there.slice(0, length).findLast((place) => place >= 0);
    const place = isRightLeft ? there[length]! : (behind ?? -1) + 1;
    return doc.resolve(Math.min(places(place), doc.content.size));
  };
  return TextSelection.between(within(anchor), within(head));
}

/** From places in the words to places in the document. */
function placesIn(doc: Node): (offset: number) => number {
  const starts: { offset: number; at: number }[] = [];
  let offset = 0;
  doc.descendants((node, at) => {
    if (!node.isTextblock) return true;
    starts.push({ offset, at: at + 1 });
    offset += node.content.size + 1;
    return false;
  });
  return (wanted) => {
    const start = starts.findLast(({ offset }) => offset <= wanted);
    return start ? start.at + wanted - start.offset : 0;
  };
}
