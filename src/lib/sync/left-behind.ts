import * as Y from 'yjs';
import type { DraftCopy, KeptCopy } from './kept-copy.ts';
import { forgetTails, tailsOf } from './kept-tail.ts';
import { eraseCopy, readCopy, type LocalCopy } from './local-copy.ts';
import type { PageStorage } from './page-storage.ts';

export interface Leaving {
  readonly doc: Y.Doc;
  readonly copy: LocalCopy | null;
  /** Edits that the server never acknowledged. */
  readonly unsaved: number;
  readonly cause: DraftCopy['cause'];
  /** State vector of what the server has, where that is of use. */
  readonly known: Uint8Array | null;
}

/** Copies that will never be merged into the document again. Those with unsaved words are drafts, for their author to read. */
export class LeftBehind {
  readonly #kept: KeptCopy;
  readonly #storage: PageStorage;
  /** What this page left itself: the browser's store may have nothing of it. */
  readonly #held = new Map<string, Uint8Array>();
  #isOnlyHere = false;

  constructor(kept: KeptCopy, storage: PageStorage) {
    this.#kept = kept;
    this.#storage = storage;
  }

  get drafts(): readonly DraftCopy[] {
    return this.#kept.drafts;
  }

  /** A draft would be gone with the page. */
  get isOnlyHere(): boolean {
    return this.#isOnlyHere && this.drafts.some(({ database }) => this.#held.has(database));
  }

  leave({ doc, copy, unsaved, cause, known }: Leaving): void {
    const { database } = this.#kept;
    const useless = this.#kept.startAnew(Date.now(), unsaved, cause, known);
    if (useless === null) {
      this.#held.set(database, Y.encodeStateAsUpdate(doc));
      if (!copy || copy.isLost) this.#isOnlyHere = true;
    } else {
      forgetTails(useless, this.#storage);
      copy?.erase();
    }
  }

  /** The text of a draft, to show or to copy from. */
  async open({ database }: DraftCopy): Promise<Y.Doc> {
    const held = this.#held.get(database);
    const doc = held ? new Y.Doc() : await readCopy(database);
    for (const update of held ? [held] : tailsOf(database, this.#storage)) Y.applyUpdate(doc, update);
    return doc;
  }

  discard(draft: DraftCopy): void {
    this.#kept.forgetDraft(draft);
    this.#held.delete(draft.database);
    forgetTails(draft.database, this.#storage);
    eraseCopy(draft.database);
  }
}
