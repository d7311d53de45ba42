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
  readonly readOnly: boolean;
  readonly unsaved: number;
  readonly drafts: readonly DraftCopy[];
}

const NOTHING: Kept = { generation: 0, lineage: null, readOnly: true, unsaved: 0, drafts: [] };

/**
 * What this browser remembers about its copy of a document, by seat: two people who share a browser share no unsent
 * text. The copy itself is in IndexedDB, in a database of its own for each lineage.
 */
export class KeptCopy {
  readonly #key: string;
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'>;
  /** What could not be written, or was not yet: a full or forbidden storage does not stop anybody. */
  #last: Kept = NOTHING;
  /** Of the database that this tab has open; another tab may have started anew already. */
  #generation: number;

  constructor(document: DocumentName, seat: SeatId, storage: Pick<Storage, 'getItem' | 'setItem'>) {
    this.#key = `sync:${seat}:${document}`;
    this.#storage = storage;
    this.#generation = this.#read().generation;
  }

  get database(): string {
    return `${this.#key}:${this.#generation}`;
  }

  /** Null while it is not known, and for a copy that another tab has replaced. */
  get lineage(): string | null {
    const kept = this.#read();
    return kept.generation === this.#generation ? kept.lineage : null;
  }

  get unsaved(): number {
    return this.#read().unsaved;
  }

  get drafts(): readonly DraftCopy[] {
    return this.#read().drafts;
  }

  /** Whether this seat could only read when the server last spoke; true when it never did. */
  get readOnly(): boolean {
    return this.#read().readOnly;
  }

  rememberHello({ lineage, readOnly }: { readonly lineage: string; readonly readOnly: boolean }): void {
    this.#change((kept) => ({ ...kept, lineage, readOnly }));
  }

  rememberUnsaved(unsaved: number): void {
    this.#change((kept) => ({ ...kept, unsaved }));
  }

  /** Leaves the copy behind: as a draft when it holds unsaved edits. Returns the database that is of no use any more. */
  startAnew(at: number, unsaved: number): string | null {
    const { database } = this;
    const kept = this.#read();
    const isKnown = kept.drafts.some((draft) => draft.database === database);
    const drafts = unsaved > 0 && !isKnown ? [...kept.drafts, { database, at, edits: unsaved }] : kept.drafts;
    this.#write(
      kept.generation > this.#generation
        ? { ...kept, drafts }
        : { generation: this.#generation + 1, lineage: null, readOnly: true, unsaved: 0, drafts },
    );
    this.#generation = this.#last.generation;
    return drafts.some((draft) => draft.database === database) ? null : database;
  }

  forgetDraft(draft: DraftCopy): void {
    const kept = this.#read();
    this.#write({ ...kept, drafts: kept.drafts.filter(({ database }) => database !== draft.database) });
  }

  /** Of this tab's own generation only: a newer one is another tab's to speak for. */
  #change(change: (kept: Kept) => Kept): void {
    const kept = this.#read();
    if (kept.generation === this.#generation) this.#write(change(kept));
  }

  #read(): Kept {
    try {
      const stored = this.#storage.getItem(this.#key);
      return stored === null ? this.#last : { ...NOTHING, ...(JSON.parse(stored) as Partial<Kept>) };
    } catch {
      return this.#last; // written by nobody we know, or storage is closed to us
    }
  }

  #write(kept: Kept): void {
    this.#last = kept;
    try {
      this.#storage.setItem(this.#key, JSON.stringify(kept));
    } catch {
      // the count lives on in memory, and the page warns before it closes
    }
  }
}
