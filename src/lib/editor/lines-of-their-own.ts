import { Slice } from 'prosemirror-model';
import type { Selection } from 'prosemirror-state';
import { schema } from './schema.ts';

const { bullet_list: list, list_item: entry } = schema.nodes;

/** Several lines that are pasted do not run on from the words around them: a list stays one, or goes on the one that is there. */
export function onLinesOfTheirOwn(slice: Slice, { $from, $to }: Selection): Slice {
  const { firstChild: first, lastChild: last, childCount } = slice.content;
  const isSeveral = childCount > 1 || (first?.type === list && first.childCount > 1);
  if (!isSeveral) return slice;
  const isInList = $from.depth > 1 && $from.node(-1).type === entry;
  const isBehindWords = $from.parentOffset > 0;
  const isBeforeWords = $to.parentOffset < $to.parent.content.size;
  const edge = (end: typeof first) => (isInList && end?.type === list ? 1 : 0);
  const isApart = isBehindWords || isBeforeWords;
  return new Slice(slice.content, isApart ? edge(first) : slice.openStart, isBeforeWords ? edge(last) : slice.openEnd);
}
