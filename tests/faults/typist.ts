import * as Y from 'yjs';
import type { SyncClient } from '../integration/sync-client.ts';
import type { Seeded } from './seeded.ts';

interface Edit {
  readonly kind: 'add' | 'remove';
  readonly marker: string;
}

/** Milliseconds between two edits of one person. */
export interface Pace {
  readonly least: number;
  readonly most: number;
}

/** One person who adds markers, takes some back and undoes some edits, and remembers in which order. */
export class Typist {
  readonly client: SyncClient;
  readonly #name: string;
  readonly #random: Seeded;
  readonly #pace: Pace;
  readonly #edits: Edit[] = [];
  readonly #undo: Y.UndoManager;
  /** What an undo would take back, the last one last. */
  readonly #undoable: Edit[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(client: SyncClient, name: string, random: Seeded, pace: Pace) {
    this.client = client;
    this.#name = name;
    this.#random = random;
    this.#pace = pace;
    this.#undo = new Y.UndoManager(this.#array, { captureTimeout: 0 });
  }

  /** The first so many edits were acknowledged. */
  get acknowledged(): number {
    return this.#edits.length - this.client.acknowledgements.unsaved;
  }

  get edits(): number {
    return this.#edits.length;
  }

  get markers(): string[] {
    return this.#array.toArray();
  }

  /** Markers that were ever taken back. */
  get removed(): string[] {
    return this.#edits.filter(({ kind }) => kind === 'remove').map(({ marker }) => marker);
  }

  /** Own markers that everybody must have in the end. */
  get standing(): string[] {
    return [...this.#last()].filter(([, { kind }]) => kind === 'add').map(([marker]) => marker);
  }

  /** Markers of others on this screen. */
  get seen(): string[] {
    return this.markers.filter((marker) => !this.#isOwn(marker));
  }

  type(): void {
    this.#timer = setTimeout(
      () => {
        this.edit();
        this.type();
      },
      this.#random.between(this.#pace.least, this.#pace.most),
    );
  }

  rest(): void {
    if (this.#timer) clearTimeout(this.#timer);
  }

  edit(): void {
    const lot = this.#random.next();
    if (lot < 0.1 && this.#undoable.length > 0) this.#takeBack();
    else if (lot < 0.25) this.#remove();
    else this.#add();
  }

  /** What the disk contradicts: a marker whose last edit was acknowledged, and that is not as this edit left it. */
  missingOn(disk: ReadonlySet<string>): string[] {
    const { acknowledged } = this;
    return [...this.#last()]
      .filter(([marker, { place, kind }]) => place < acknowledged && disk.has(marker) !== (kind === 'add'))
      .map(([marker, { kind }]) => `acknowledged ${kind} ${marker}`);
  }

  #last(): Map<string, Edit & { readonly place: number }> {
    return new Map(this.#edits.map((edit, place) => [edit.marker, { ...edit, place }]));
  }

  get #array(): Y.Array<string> {
    return this.client.doc.getArray<string>('items');
  }

  #isOwn(marker: string): boolean {
    return marker.startsWith(`${this.#name}-`);
  }

  #add(): void {
    const marker = `${this.#name}-${this.#edits.length}`;
    this.#made({ kind: 'add', marker });
    this.#array.insert(this.#random.between(0, this.#array.length), [marker]);
  }

  #remove(): void {
    const own = this.markers.findIndex((marker) => this.#isOwn(marker));
    if (own < 0) return this.#add();
    this.#made({ kind: 'remove', marker: this.#array.get(own) });
    this.#array.delete(own);
  }

  #made(edit: Edit): void {
    this.#edits.push(edit);
    this.#undoable.push(edit);
  }

  /** Only its own edits, so the one before the last undo comes next. */
  #takeBack(): void {
    const { kind, marker } = this.#undoable.pop()!;
    // the whole edit is one transaction, which is counted as one edit
    this.#edits.push({ kind: kind === 'add' ? 'remove' : 'add', marker });
    this.#undo.undo();
  }
}
