import * as Y from 'yjs';
import type { ScannedUpdate } from '#protocol/update/scan.ts';
import type { StoredDocument } from '#server/storage/ports/documents.ts';
import { readStateVector, type DocumentLog } from './document-log.ts';
import { Newcomers } from './newcomers.ts';
import { isKnown } from './news.ts';

/** Exactly what is stored of a document: its log, where that ends among the rows, and what is made of it once for many. */
export class Contents {
  readonly log: DocumentLog;
  readonly #newcomers: Newcomers;
  readonly #snapshotSize: number;
  #seq: number;
  #rowsBehindSnapshot: number;
  #stateVector: Uint8Array | null = null;

  /** `log`: of what is stored. */
  constructor(stored: StoredDocument, log: DocumentLog) {
    this.log = log;
    this.#newcomers = new Newcomers(log);
    this.#snapshotSize = stored.snapshot?.length ?? 0;
    this.#seq = stored.seq;
    this.#rowsBehindSnapshot = stored.updates.length;
  }

  /** Of the last row. */
  get seq(): number {
    return this.#seq;
  }

  get rowsBehindSnapshot(): number {
    return this.#rowsBehindSnapshot;
  }

  /** Bytes of the log. */
  get size(): number {
    return this.log.size;
  }

  /** Bytes that a compaction would go through again, about. */
  get bytesBehindSnapshot(): number {
    return this.#rowsBehindSnapshot === 0 ? 0 : Math.max(0, this.log.size - this.#snapshotSize);
  }

  stateVector(): Uint8Array {
    return (this.#stateVector ??= this.log.stateVector());
  }

  isKnown(update: ScannedUpdate): boolean {
    return isKnown(update, this.log);
  }

  /** Whole frames, in pieces, with what a client of this state vector lacks. Null: malformed. */
  answer(stateVector: Uint8Array): readonly Uint8Array[] | null {
    const clocks = readStateVector(stateVector);
    return clocks && this.#newcomers.answer(clocks);
  }

  /** Everything as one update. */
  whole(): Uint8Array {
    return this.log.whole();
  }

  /** To be read, or changed for nobody. */
  copy(): Y.Doc {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, this.log.whole());
    return doc;
  }

  /** The next row. Throws when it does not follow; what is here is wrong then. */
  append(update: ScannedUpdate): void {
    this.log.append(update);
    this.#newcomers.appended(update);
    this.#stateVector = null;
    this.#seq += 1;
    this.#rowsBehindSnapshot += 1;
  }
}
