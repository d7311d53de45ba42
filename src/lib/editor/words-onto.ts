import type { Node } from 'prosemirror-model';
import { TextSelection, type EditorState, type Selection, type Transaction } from 'prosemirror-state';
import { applyChanges, changesOf, changesOnto, placeAfter } from '#domain/languages/merge-text.ts';

/** The words of a text, a line for each paragraph. */
export const linesOf = (doc: Node): string => doc.textBetween(0, doc.content.size, '\n');

/** Brings what somebody changed from `base` to `mine` into the text that stands there now. */
export function wordsOnto(state: EditorState, base: string, mine: string): Transaction {
  const { tr } = state;
  const places = placesIn(state.doc);
  for (const { from, to, text } of changesOnto(base, mine, linesOf(state.doc)).toReversed()) {
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

/** What somebody wrote when their text went: which of its letters are their own, of this page. */
export interface Gone {
  readonly words: string;
  readonly isOwn: (at: number) => boolean;
}

/**
 * The words from which both sides went on. Own letters that the other side lacks were still on their way to it: nobody has deleted them.
 */
export function baseOf({ words, isOwn }: Gone, now: string): string {
  const onTheirWay = changesOf(words, now).flatMap(({ from, to }) =>
    Array.from({ length: to - from }, (_, index) => from + index)
      .filter(isOwn)
      .map((at) => ({ from: at, to: at + 1, text: '' })),
  );
  return applyChanges(words, onTheirWay);
}

/** The same selection in a text that has other words too: it stays with its own. */
export function sameSelection({ anchor, head, $head }: Selection, doc: Node): Selection {
  const [before, after] = [$head.doc, linesOf(doc)];
  const places = placesIn(doc);
  const within = (at: number) => {
    const place = placeAfter(linesOf(before), after, before.textBetween(0, at, '\n').length);
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
