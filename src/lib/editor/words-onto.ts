import type { Node } from 'prosemirror-model';
import { TextSelection, type EditorState, type Selection, type Transaction } from 'prosemirror-state';
import { changesOnto } from '#domain/languages/merge-text.ts';

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

/** The same selection in another text, as far as that has room for it. */
export function sameSelection({ anchor, head }: Selection, doc: Node): Selection {
  const within = (at: number) => doc.resolve(Math.min(at, doc.content.size));
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
