import type { Node } from 'prosemirror-model';
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
