import type { SeatId } from '#domain/ids.ts';
import type { DocumentName } from '#protocol/document-name.ts';

/** A local copy that could not be merged any more (the document was restored or reset), with text in it nobody else has. */
export interface DraftCopy {
  readonly database: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Edits in it that the server never acknowledged. */
  readonly edits: number;
}

interface Kept {
  readonly generation: number;
  readonly lineage: string | null;
  readonly unsaved: number;
  readonly drafts: readonly DraftCopy[];
}

const NOTHING: Kept = { generation: 0, lineage: null, unsaved: 0, drafts: [] };

/**
 * What this browser remembers about its copy of a document, by seat: two people who share a browser share no unsent
 * text. The copy itself is in IndexedDB, in a database of its own for each lineage.
 */
export class KeptCopy {
  readonly #key: string;
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'>;
  #kept: Kept;

  constructor(document: DocumentName, seat: SeatId, storage: Pick<Storage, 'getItem' | 'setItem'>) {
    this.#key = `sync:${seat}:${document}`;
    this.#storage = storage;
    this.#kept = this.#read();
  }

  get database(): string {
    return `${this.#key}:${this.#kept.generation}`;
  }

  get lineage(): string | null {
    return this.#kept.lineage;
  }

  get unsaved(): number {
    return this.#kept.unsaved;
  }

  get drafts(): readonly DraftCopy[] {
    return this.#kept.drafts;
  }

  rememberLineage(lineage: string): void {
    if (lineage !== this.#kept.lineage) this.#write({ ...this.#kept, lineage });
  }

  rememberUnsaved(unsaved: number): void {
    if (unsaved !== this.#kept.unsaved) this.#write({ ...this.#kept, unsaved });
  }

  /** Leaves the copy behind: as a draft when it holds unsaved edits. Returns the database that is of no use any more. */
  startAnew(at: number): string | null {
    const { generation, unsaved, drafts } = this.#kept;
    const database = this.database;
    const kept = unsaved > 0 ? [...drafts, { database, at, edits: unsaved }] : drafts;
    this.#write({ generation: generation + 1, lineage: null, unsaved: 0, drafts: kept });
    return unsaved > 0 ? null : database;
  }

  forgetDraft(draft: DraftCopy): void {
    this.#write({ ...this.#kept, drafts: this.#kept.drafts.filter(({ database }) => database !== draft.database) });
  }

  #read(): Kept {
    try {
      return { ...NOTHING, ...(JSON.parse(this.#storage.getItem(this.#key) ?? '{}') as Partial<Kept>) };
    } catch {
      return NOTHING; // written by nobody we know, or storage is closed to us
    }
  }

  #write(kept: Kept): void {
    this.#kept = kept;
    try {
      this.#storage.setItem(this.#key, JSON.stringify(kept));
    } catch {
      // a full or forbidden storage: the count lives on in memory, and the page warns before it closes
    }
  }
}
