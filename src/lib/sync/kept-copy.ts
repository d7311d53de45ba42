import { toBase64 } from 'lib0/buffer';
import type { SeatId } from '#domain/ids.ts';
import { newId } from '#lib/new-id.ts';
import type { DocumentName } from '#protocol/document-name.ts';
import type { PageStorage } from './page-storage.ts';

/** A local copy that was left behind, with text in it nobody else has. */
export interface DraftCopy {
  readonly database: string;
  /** The document was restored or reset; or the server took nothing more from this seat. */
  readonly cause: 'restored' | 'late';
  /** State vector, in base64, of what the server was known to have. Null: not known, or of no use in the new document. */
  readonly known: string | null;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Edits in it that the server never acknowledged. */
  readonly edits: number;
}

/** As it is stored. */
export interface Kept {
  readonly generation: number;
  readonly lineage: string | null;
  readonly readOnly: boolean;
  /** By tab. A closed tab's edits are in the copy like anybody's: the next tab that opens it takes their count over. */
  readonly unsaved: Readonly<Record<string, number>>;
  /** State vector, in base64, of what the server had when the first of these edits was made; null: not known, or there are none. */
  readonly known: string | null;
  readonly drafts: readonly DraftCopy[];
}

export const NOTHING: Kept = { generation: 0, lineage: null, readOnly: true, unsaved: {}, known: null, drafts: [] };

/**
 * What this browser remembers about its copy of a document, by seat: two people who share a browser share no unsent
 * text. The copy itself is in IndexedDB, in a database of its own for each lineage.
 */
export class KeptCopy {
  readonly #key: string;
  readonly #storage: Pick<PageStorage, 'getItem' | 'setItem'>;
  /** What could not be written, or was not yet: a full or forbidden storage does not stop anybody. */
  #last: Kept = NOTHING;
  /** Of the database that this tab has open; another tab may have started anew already. */
  #generation: number;
  readonly #tab: string;

  constructor(
    document: DocumentName,
    seat: SeatId,
    storage: Pick<PageStorage, 'getItem' | 'setItem'>,
    tab: string = newId(),
  ) {
    this.#key = `sync:${seat}:${document}`;
    this.#storage = storage;
    this.#tab = tab;
    const kept = this.#read();
    this.#generation = kept.generation;
    // a tab that lives says its own count again with its next edit; what it had until now is sent by this one too
    this.#change((kept) => ({ ...kept, unsaved: { [tab]: sum(kept.unsaved) } }));
  }

  get database(): string {
    return `${this.#key}:${this.#generation}`;
  }

  /** Null while it is not known, and for a copy that another tab has replaced. */
  get lineage(): string | null {
    const kept = this.#read();
    return kept.generation === this.#generation ? kept.lineage : null;
  }

  /** Edits of this tab, and of those before it, that the server is not known to have. */
  get unsaved(): number {
    return this.#read().unsaved[this.#tab] ?? 0;
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

  /** `known`: what the server has, asked for with the first one. */
  rememberUnsaved(unsaved: number, known: () => Uint8Array | null = () => null): void {
    this.#change((kept) => {
      const { [this.#tab]: _, ...others } = kept.unsaved;
      const counts = unsaved > 0 ? { ...others, [this.#tab]: unsaved } : others;
      const total = sum(counts);
      const first = total > 0 && sum(kept.unsaved) === 0 ? known() : null;
      return { ...kept, unsaved: counts, known: total === 0 ? null : first ? toBase64(first) : kept.known };
    });
  }

  /** Leaves the copy behind: as a draft when it holds unsaved edits. Returns the database that is of no use any more. */
  startAnew(at: number, edits: number, cause: DraftCopy['cause'], known: Uint8Array | null = null): string | null {
    const { database } = this;
    const kept = this.#read();
    const isKnown = kept.drafts.some((draft) => draft.database === database);
    const draft = { database, cause, known: known ? toBase64(known) : cause === 'late' ? kept.known : null, at, edits };
    const drafts = edits > 0 && !isKnown ? [...kept.drafts, draft] : kept.drafts;
    this.#write(
      kept.generation > this.#generation
        ? { ...kept, drafts }
        : { ...NOTHING, generation: this.#generation + 1, drafts },
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

export const sum = (counts: Kept['unsaved']): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);
