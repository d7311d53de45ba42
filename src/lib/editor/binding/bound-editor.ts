import { TextSelection, type Selection, type Transaction } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import * as Y from 'yjs';
import type { BoundText, Places } from './bound-text.ts';
import { differenceOf, rebased } from './difference.ts';
import { HEARD, isHeard } from './heard.ts';
import { readShown, type Frozen } from './shown.ts';
import { textEdit } from './text-edit.ts';

const REST = 1_500; // ms without a letter: who composes has stopped to think, or the keyboard never says that it is done
const MOST = 8_000; // ms that others' words wait in all
const COMPOSED = 40; // ms; ProseMirror reads the end of a composition 20 ms after it

/**
 * Shows in one editor what others write, and writes what is typed in it. What touches the paragraph in which an input method
 * composes waits until the word is done: a browser that finds another text there doubles it.
 */
export class BoundEditor {
  readonly #bound: BoundText;
  readonly #view: EditorView;
  #before: Places;
  /** Not everything that others wrote is shown. */
  #isBehind = false;
  #behindSince = 0;
  #typedAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(view: EditorView, bound: BoundText) {
    this.#view = view;
    this.#bound = bound;
    this.#before = this.#now;
    bound.fragment.observeDeep(this.#changed);
    view.dom.addEventListener('compositionend', this.#composed);
  }

  destroy(): void {
    clearTimeout(this.#timer);
    this.#bound.fragment.unobserveDeep(this.#changed);
    this.#view.dom.removeEventListener('compositionend', this.#composed);
  }

  /** The selection before what was done last, for undo. */
  get before(): Places {
    return this.#before;
  }

  apply(transaction: Transaction): void {
    const isOfLetters = transaction.steps.every((step, index) => textEdit(step, transaction.docs[index]!) !== null);
    const taken =
      this.#isBehind && !isHeard(transaction) && !isOfLetters ? this.#catchUpBefore(transaction) : transaction;
    const { state, transactions } = this.#view.state.applyTransaction(taken);
    if (transactions.some((each) => each.docChanged && !isHeard(each))) {
      this.#typedAt = performance.now();
      this.#before = this.#now;
    }
    for (const each of transactions) {
      if (isHeard(each)) continue;
      if (each.docChanged) {
        this.#bound.write(each);
      } else if (each.selectionSet) this.#bound.endRun();
    }
    this.#view.updateState(state);
    if (!this.#isBehind && !this.#bound.shown.doc.eq(state.doc)) this.#show();
  }

  get #now(): Places {
    return this.#bound.placesOf(this.#view.state.selection);
  }

  #changed = (_events: unknown, transaction: Y.Transaction): void => {
    if (this.#bound.isWriting || this.#view.isDestroyed) return;
    this.#bound.hear(transaction);
    if (!(transaction.origin instanceof Y.UndoManager)) return this.#show();
    this.#before = this.#now;
    this.#bound.endRun();
    this.#show({ places: transaction.origin.currStackItem?.meta.get(this.#bound) as Places | undefined });
  };

  #composed = (): void => this.#showIn(COMPOSED);

  #showIn(wait: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#show(), wait);
  }

  #show({ places, isForced = false }: { places?: Places | undefined; isForced?: boolean } = {}): void {
    const view = this.#view;
    if (view.isDestroyed) return;
    clearTimeout(this.#timer);
    if (!view.composing) readScreen(view);
    const { selection } = view.state;
    const wanted = places ?? this.#now;
    const frozen = !isForced && this.#isComposing() ? this.#composedParagraph(selection) : undefined;
    const next = readShown(this.#bound.fragment, frozen);
    if (frozen) {
      if (!this.#isBehind) this.#behindSince = performance.now();
      this.#isBehind = true;
      this.#showIn(REST / 3);
      const isThere = next.paragraphs.some(({ element }) => element !== null && frozen.has(element));
      if (!isThere) return;
    } else this.#isBehind = false;
    const { state } = view;
    const transaction = differenceOf(state, next.doc);
    this.#bound.shows(next);
    const head = this.#bound.positionOf(wanted.head) ?? this.#bound.refuge(state, next.doc);
    const anchor = this.#bound.positionOf(wanted.anchor) ?? head;
    const isText = selection instanceof TextSelection || places !== undefined;
    const isMoved = isText && (transaction.selection.anchor !== anchor || transaction.selection.head !== head);
    if (!transaction.docChanged && !isMoved) return;
    if (isMoved)
      transaction.setSelection(TextSelection.between(transaction.doc.resolve(anchor), transaction.doc.resolve(head)));
    transaction.setStoredMarks(state.storedMarks);
    if (isCaretInSight(view)) transaction.scrollIntoView();
    view.dispatch(transaction.setMeta(HEARD, true));
  }

  #isComposing(): boolean {
    if (!this.#view.composing) return false;
    const now = performance.now();
    return now - this.#typedAt < REST && !(this.#isBehind && now - this.#behindSince > MOST);
  }

  #composedParagraph(selection: Selection): Frozen {
    const { element, letters } = this.#bound.paragraphAt(selection.head);
    const node = selection.$head.parent;
    return new Map(element && node.isTextblock ? [[element, { node, letters }]] : []);
  }

  /** What changes paragraphs or marks goes by what is written, also by others, and not by what was shown. */
  #catchUpBefore(transaction: Transaction): Transaction {
    const before = this.#view.state;
    this.#show({ isForced: true });
    return rebased(transaction, before, this.#view.state);
  }
}

/** What the screen already says, and the browser has not told yet: a letter, a caret that was moved by key. */
function readScreen(view: EditorView): void {
  (view as unknown as { domObserver: { flush(): void } }).domObserver.flush();
}

function isCaretInSight(view: EditorView): boolean {
  if (!view.hasFocus()) return false;
  const { top, bottom } = view.coordsAtPos(view.state.selection.head);
  const { offsetTop, height } = window.visualViewport ?? { offsetTop: 0, height: window.innerHeight };
  return bottom >= offsetTop && top <= offsetTop + height;
}
