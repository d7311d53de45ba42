import * as Y from 'yjs';
import type { SeatId } from '#domain/ids.ts';
import type { DocumentName } from '#protocol/document-name.ts';
import type { DraftCopy } from './kept-copy.ts';
import { forgetElsewhere, keptElsewhere } from './kept-elsewhere.ts';
import { forgetTails, tailsOf } from './kept-tail.ts';
import { eraseCopy, readCopy } from './local-copy.ts';
import { pageStorage } from './page-storage.ts';

/**
 * Words that a seat wrote in documents that it does not have before it: the server never took them, and only this device has them. Also
 * those that came too late for a board that it can go back to: nobody finds them there who is sent on to a pair.
 */
export class LeftElsewhere {
  readonly #storage = pageStorage();
  #drafts = $state.raw<readonly DraftCopy[]>([]);

  /** `isOpen`: those that send by themselves, when they are opened, what was never sent. */
  constructor(seat: SeatId, here: DocumentName, isOpen: (document: string) => boolean) {
    this.#drafts = keptElsewhere(seat, here, this.#storage, isOpen);
  }

  get drafts(): readonly DraftCopy[] {
    return this.#drafts;
  }

  async openDraft({ database }: DraftCopy): Promise<Y.Doc> {
    const doc = await readCopy(database);
    for (const update of tailsOf(database, this.#storage)) Y.applyUpdate(doc, update);
    return doc;
  }

  discardDraft(draft: DraftCopy): void {
    forgetElsewhere(draft, this.#storage);
    forgetTails(draft.database, this.#storage);
    eraseCopy(draft.database);
    this.#drafts = this.#drafts.filter(({ database }) => database !== draft.database);
  }
}
