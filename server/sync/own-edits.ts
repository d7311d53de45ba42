import { uint32 } from 'lib0/random';
import * as Y from 'yjs';
import type { SeatId } from '#domain/ids.ts';
import { scanStored, type ScannedUpdate } from '#protocol/update/scan.ts';
import { StorageError } from '#server/storage/ports/storage-error.ts';
import type { Author, JournalEntry } from './journal.ts';

/**
 * What the server changes: in a copy, on the event loop; or elsewhere, from everything that is stored to the update by this client, null
 * when there is nothing to change. Whoever edits what may be large takes the second.
 */
export type OwnChange =
  ((doc: Y.Doc) => void) | { readonly change: (whole: Uint8Array, client: number) => Promise<Uint8Array | null> };

/** The document that the server writes in. */
export interface Written {
  readonly name: string;
  copy(): Y.Doc;
  whole(): Uint8Array;
  /** Null when it cannot be stored now. */
  queue(edit: { update: ScannedUpdate; seat: SeatId | null; author: Author }): JournalEntry | null;
}

/** The server as an author: its edits run one after the other, each on a copy of what is stored by then. */
export class OwnEdits {
  readonly #document: Written;
  readonly #client = uint32();
  /** Where they are in the log. */
  readonly #seqs = new WeakMap<Author, number>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(document: Written) {
    this.#document = document;
  }

  /** Its seq, or null when it changed nothing. Rejects with `StorageError` when it was not stored. */
  edit(seat: SeatId | null, change: OwnChange): Promise<number | null> {
    const edited = this.#last.then(() => this.#editNow(seat, change));
    this.#last = edited.catch(() => undefined);
    return edited;
  }

  /** An entry is on disk; it may be anybody's. */
  stored({ author }: JournalEntry, seq: number): void {
    if (this.#seqs.has(author)) this.#seqs.set(author, seq);
  }

  async #editNow(seat: SeatId | null, change: OwnChange): Promise<number | null> {
    const update = typeof change === 'function' ? this.#updateOf(change) : await this.#updateFrom(change);
    if (!update) return null;
    return new Promise<number>((resolve, reject) => {
      const refuse = () => reject(new StorageError(`${this.#document.name}: the edit was not stored`));
      const receipt = () => {
        resolve(this.#seqs.get(author)!);
        return null;
      };
      const author: Author = { mayWrite: true, receipt, notStored: refuse, notAllowed: refuse };
      this.#seqs.set(author, 0);
      if (!this.#document.queue({ update, seat, author })) refuse();
    });
  }

  async #updateFrom({ change }: Exclude<OwnChange, (doc: Y.Doc) => void>): Promise<ScannedUpdate | null> {
    const update = await change(this.#document.whole(), this.#client);
    return update && scanStored(update);
  }

  #updateOf(change: (doc: Y.Doc) => void): ScannedUpdate | null {
    const copy = this.#document.copy();
    copy.clientID = this.#client;
    const updates: Uint8Array[] = [];
    copy.on('update', (update: Uint8Array) => updates.push(update));
    try {
      copy.transact(() => change(copy));
    } finally {
      copy.destroy();
    }
    return updates.length > 0 ? scanStored(Y.mergeUpdates(updates)) : null;
  }
}
