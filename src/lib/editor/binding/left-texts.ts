import type * as Y from 'yjs';
import { BoundText } from './bound-text.ts';
import { readShown } from './shown.ts';

/** The one that carries what is typed in a text: two would carry it twice. */
const bound = new WeakMap<Y.XmlFragment, BoundText>();
const listening = new WeakMap<BoundText, () => void>();

/** The text for an editor that opens. One that was left goes on with what it knows. */
export function openText(fragment: Y.XmlFragment, undoManager: Y.UndoManager): BoundText {
  const left = bound.get(fragment);
  const stop = left && listening.get(left);
  stop?.();
  const text = stop && left.undoManager === undoManager ? left : new BoundText(fragment, undoManager);
  text.shows(readShown(fragment));
  text.endRun();
  bound.set(fragment, text);
  return text;
}

/**
 * An editor closed. What was typed last may still be on its way when others join or wrap the paragraph it stands in: its author
 * carries it as if the editor were open.
 */
export function leaveText(text: BoundText): void {
  const { fragment } = text;
  if (bound.get(fragment) !== text) return;
  const hear = (_: unknown, transaction: Y.Transaction) => {
    if (text.isWriting) return;
    text.hear(transaction);
    text.shows(readShown(fragment));
  };
  fragment.observeDeep(hear);
  listening.set(text, () => {
    fragment.unobserveDeep(hear);
    listening.delete(text);
  });
}
