import type { DocumentName } from '#protocol/document-name.ts';
import type { ScannedUpdate } from '#protocol/update/scan.ts';
import type { DocumentStore, StoredDocument } from '#server/storage/ports/documents.ts';
import type { DocumentLog } from './document-log.ts';
import { storedLog } from './stored-log.ts';

interface Reread {
  readonly name: DocumentName;
  readonly lineage: string;
  /** Of the last row in memory. */
  seq(): number;
  /** Takes what is stored in place of what was in memory. `tail`: rows behind it, which were stored meanwhile. */
  replace(stored: StoredDocument, log: DocumentLog, tail: readonly ScannedUpdate[]): void;
  /** What is stored has another lineage. */
  part(): void;
}

/** How a document is read again from storage while rows are stored. */
export class Rereading {
  readonly #documents: Pick<DocumentStore, 'read'>;
  readonly #document: Reread;
  /** Rows stored while storage is read. */
  #tail: ScannedUpdate[] | null = null;
  #last: Promise<void> = Promise.resolve();

  constructor(documents: Pick<DocumentStore, 'read'>, document: Reread) {
    this.#documents = documents;
    this.#document = document;
  }

  appended(update: ScannedUpdate): void {
    this.#tail?.push(update);
  }

  /** Rejects when the stored rows cannot be read. */
  read(isWanted: (stored: StoredDocument) => boolean): Promise<void> {
    const read = this.#last.then(() => this.#readNow(isWanted)); // one after the other: each keeps the rows that come meanwhile
    this.#last = read.catch(() => undefined);
    return read;
  }

  async #readNow(isWanted: (stored: StoredDocument) => boolean): Promise<void> {
    const { name, lineage } = this.#document;
    const from = this.#document.seq();
    const rows: ScannedUpdate[] = (this.#tail = []);
    try {
      const stored = await this.#documents.read(name);
      if (!isWanted(stored)) return;
      if (stored.lineage !== lineage) {
        this.#document.part();
        return;
      }
      const log = await storedLog(name, stored);
      this.#tail = null;
      this.#document.replace(stored, log, rows.slice(Math.max(0, stored.seq - from)));
    } finally {
      this.#tail = null;
    }
  }
}
