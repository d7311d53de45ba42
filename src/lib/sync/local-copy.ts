import * as Y from 'yjs';
import { CopyDatabase } from './copy-database.ts';

const FIRST_PAUSE = 500; // ms before a lost store is opened again
const LONGEST_PAUSE = 60_000; // ms
const MANY = 500; // stored updates, beyond which they become one

interface Confirmation {
  readonly upTo: number;
  readonly confirm: () => void;
}

/**
 * A document as this browser keeps it, in IndexedDB. Only ever an extra: browsers close the store under an open page, clear
 * it, fill up, forbid it or stay silent. Then it is opened again and given the whole document; until that is done,
 * `isLost` says that a closed page would take its unsaved words along.
 */
export class LocalCopy {
  readonly #name: string;
  readonly #doc: Y.Doc;
  readonly #onChange: () => void;
  #database: CopyDatabase | null = null;
  #waiting: Uint8Array[] = [];
  /** Updates taken, and how many of them are on the disk. */
  #taken = 0;
  #stored = 0;
  #confirmations: Confirmation[] = [];
  #isWriting = false;
  /** The store was away for some updates: it needs the whole document. */
  #isShort = false;
  #isLost = false;
  #isClosed = false;
  #failures = 0;
  #lastRead = 0;
  #sinceReading = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(name: string, doc: Y.Doc, onChange: () => void) {
    this.#name = name;
    this.#doc = doc;
    this.#onChange = onChange;
  }

  get isLost(): boolean {
    return this.#isLost;
  }

  /** Resolves when the document has what was stored, or the first try has failed. */
  async open(): Promise<void> {
    try {
      const database = await CopyDatabase.open(this.#name, () => this.#lost(database));
      if (!this.#isClosed) await this.#load(database);
      if (this.#isClosed) return database.close();
      this.#database = database;
      this.#write();
    } catch {
      this.#failed();
    }
  }

  /** Takes every update of the document that is not its own. */
  add(update: Uint8Array): void {
    if (this.#isClosed) return;
    this.#taken += 1;
    if (this.#isShort) return; // it will be in the whole document
    this.#waiting.push(update);
    this.#write();
  }

  /** Resolves when everything until now is on the disk: perhaps never. */
  stored(): Promise<void> {
    if (this.#stored === this.#taken) return Promise.resolve();
    return new Promise((confirm) => this.#confirmations.push({ upTo: this.#taken, confirm }));
  }

  /** What it was given until now is still written. */
  close(): void {
    this.#isClosed = true;
    if (this.#timer) clearTimeout(this.#timer);
    if (!this.#isWriting) this.#database?.close();
  }

  erase(): void {
    this.close();
    this.#waiting = [];
    this.#database?.close();
    CopyDatabase.delete(this.#name);
  }

  /** Applies what was stored since, other tabs' words too. One record that cannot be read costs that record. */
  async #load(database: CopyDatabase): Promise<void> {
    const stored = await database.read(this.#lastRead);
    if (this.#isClosed) return;
    Y.transact(this.#doc, () => stored.forEach(({ update }) => applyReadable(this.#doc, update, this)), this, false);
    this.#lastRead = stored.at(-1)?.key ?? this.#lastRead;
    this.#sinceReading = 0;
    if (stored.length >= MANY) await database.replace(this.#lastRead, Y.encodeStateAsUpdate(this.#doc));
  }

  #write(): void {
    if (this.#isWriting || !this.#database) return;
    const updates = this.#isShort ? [Y.encodeStateAsUpdate(this.#doc)] : this.#waiting;
    if (updates.length === 0) return;
    this.#waiting = [];
    this.#isShort = false;
    void this.#add(this.#database, updates);
  }

  async #add(database: CopyDatabase, updates: readonly Uint8Array[]): Promise<void> {
    const upTo = this.#taken;
    this.#isWriting = true;
    try {
      await database.add(updates);
      this.#confirm(upTo);
      this.#sinceReading += updates.length;
      if (this.#sinceReading >= MANY) await this.#load(database);
      this.#isWriting = false;
      if (this.#waiting.length > 0) this.#write();
      else if (this.#isClosed) database.close();
    } catch {
      this.#isWriting = false;
      this.#lost(database);
    }
  }

  #confirm(upTo: number): void {
    this.#stored = upTo;
    this.#failures = 0;
    this.#tell(false);
    const isDone = (confirmation: Confirmation) => confirmation.upTo <= upTo;
    for (const { confirm } of this.#confirmations.filter(isDone)) confirm();
    this.#confirmations = this.#confirmations.filter((confirmation) => !isDone(confirmation));
  }

  #lost(database: CopyDatabase): void {
    database.close();
    if (this.#database !== database) return; // it was given up before
    this.#database = null;
    this.#failed();
  }

  #failed(): void {
    if (this.#isClosed) return;
    this.#isShort = true;
    this.#waiting = [];
    this.#taken += 1;
    this.#tell(true);
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.open(), Math.min(FIRST_PAUSE * 2 ** this.#failures, LONGEST_PAUSE));
    this.#failures += 1;
  }

  #tell(isLost: boolean): void {
    if (this.#isLost === isLost) return;
    this.#isLost = isLost;
    this.#onChange();
  }
}

/** What a copy holds, for reading it once; empty when it cannot be read. */
export async function readCopy(name: string): Promise<Y.Doc> {
  const doc = new Y.Doc();
  try {
    const database = await CopyDatabase.open(name, () => undefined);
    for (const { update } of await database.read(0)) applyReadable(doc, update, null);
    database.close();
  } catch {
    // the page's own memory may still have the words
  }
  return doc;
}

export const eraseCopy = (name: string): void => CopyDatabase.delete(name);

function applyReadable(doc: Y.Doc, update: Uint8Array, origin: unknown): void {
  try {
    Y.applyUpdate(doc, update, origin);
  } catch (error) {
    console.error('sync: one stored change could not be read', error);
  }
}
