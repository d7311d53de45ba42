import { Fragment, Slice, type Node } from 'prosemirror-model';
import type { EditorState, Transaction } from 'prosemirror-state';
import { Mapping, ReplaceStep, type StepMap } from 'prosemirror-transform';

/** From one document to another by the least that differs: what did not change keeps its place on the screen. */
export function differenceOf(state: EditorState, to: Node): Transaction {
  const step = stepBetween(state.doc, to);
  const transaction = state.tr;
  if (!step) return transaction;
  if (!transaction.maybeStep(step).failed && transaction.doc.eq(to)) return transaction;
  return state.tr.replaceWith(0, state.doc.content.size, to.content);
}

/** The same deeds behind what came in between. One that has no place any more is left out. */
export function rebased(transaction: Transaction, before: EditorState, now: EditorState): Transaction {
  const step = stepBetween(before.doc, now.doc);
  const between = step ? [step.getMap()] : [];
  const undone: StepMap[] = [];
  const done: StepMap[] = [];
  const again = now.tr;
  for (const deed of transaction.steps) {
    const mapped = deed.map(new Mapping([...undone, ...between, ...done]));
    undone.unshift(deed.getMap().invert());
    if (mapped && !again.maybeStep(mapped).failed) done.push(mapped.getMap());
  }
  return again;
}

function stepBetween(from: Node, to: Node): ReplaceStep | null {
  return blocksBetween(from, to) ?? lettersBetween(from, to);
}

/**
 * Blocks that came or went between others. By letters an empty paragraph in front of another one would be a split at its start, and
 * a browser that composes in that one would lose its place.
 */
function blocksBetween(from: Node, to: Node, at = 0): ReplaceStep | null {
  const most = Math.min(from.childCount, to.childCount);
  let [before, behind] = [0, 0];
  const last = (node: Node) => node.child(node.childCount - 1 - behind);
  while (before < most && from.child(before).eq(to.child(before))) before += 1;
  while (behind < most - before && last(from).eq(last(to))) behind += 1;
  const place = (count: number) => at + sizeOf(from.content.content.slice(0, count));
  if (from.childCount === to.childCount) {
    const [one, other] = [from.maybeChild(before), to.maybeChild(before)];
    const isWithin = before + behind === most - 1 && one && other && !one.isTextblock && one.sameMarkup(other);
    return isWithin ? blocksBetween(one, other, place(before) + 1) : null;
  }
  if (before + behind < most) return null;
  const others = Fragment.from(to.content.content.slice(before, to.childCount - behind));
  return new ReplaceStep(place(before), place(from.childCount - behind), new Slice(others, 0, 0));
}

const sizeOf = (nodes: readonly Node[]): number => nodes.reduce((sum, { nodeSize }) => sum + nodeSize, 0);

function lettersBetween(from: Node, to: Node): ReplaceStep | null {
  const start = from.content.findDiffStart(to.content);
  if (start === null) return null;
  let { a, b } = from.content.findDiffEnd(to.content)!;
  const overlap = start - Math.min(a, b);
  if (overlap > 0) {
    a += overlap;
    b += overlap;
  }
  return new ReplaceStep(start, a, to.slice(start, b));
}
