import { refOf, type DocumentName, type DocumentRef } from '#protocol/document-name.ts';
import { guarded } from '#server/process/boundary.ts';
import { report } from '#server/process/report.ts';
import { compact } from './compaction.ts';
import { DocumentRoom, type RoomOptions } from './document-room.ts';

export interface RoomsOptions extends RoomOptions {
  /** Milliseconds without anybody after which a document leaves memory. */
  readonly idleAfter: number;
  /** Rows behind the snapshot above which an idle document is compacted. */
  readonly compactAbove: number;
  /** What a compaction keeps of a document: what is in these roots. Null: everything. */
  readonly roots: (document: DocumentRef) => ReadonlySet<string> | null;
}

const LONG = 16; // times what an idle document may have: replaying costs as much as thousands of edits, reading 8,000 rows 30 ms

const MANY_BYTES = 2_000_000; // behind the snapshot of a document in use; a day of typing is less

interface Slot {
  readonly loaded: Promise<DocumentRoom>;
  room: DocumentRoom | null;
  leases: number;
  idle: NodeJS.Timeout | null;
}

export interface Lease {
  readonly room: DocumentRoom;
  release(): void;
}

/** The documents in memory. A lease keeps one there; concurrent first leases await one load, and a failed load leaves nothing. */
export class DocumentRooms {
  readonly #slots = new Map<DocumentName, Slot>();
  readonly #compacting = new Map<DocumentName, Promise<void>>();
  readonly #options: RoomsOptions;

  constructor(options: RoomsOptions) {
    this.#options = options;
  }

  async lease(name: DocumentName): Promise<Lease> {
    const slot = this.#slot(name);
    slot.leases += 1; // before any await: nobody unloads it meanwhile
    if (slot.idle) clearTimeout(slot.idle);
    slot.idle = null;
    let isHeld = true;
    const release = () => {
      if (!isHeld) return;
      isHeld = false;
      slot.leases -= 1;
      if (slot.leases === 0) this.#idle(name, slot);
    };
    try {
      return { room: await slot.loaded, release };
    } catch (error) {
      release();
      throw error;
    }
  }

  loaded(): DocumentRoom[] {
    return [...this.#slots.values()].flatMap(({ room }) => room ?? []);
  }

  /** The room if it is in memory. */
  peek(name: DocumentName): DocumentRoom | null {
    return this.#slots.get(name)?.room ?? null;
  }

  /** Compacts what has grown long while it is in use. */
  compactLong(): void {
    for (const [name, { room }] of this.#slots) {
      if (room && this.#isLong(room)) this.#compact(name, room);
    }
  }

  /** Drops documents from memory, whoever still has them, and waits for compactions of theirs. */
  async drop(isOver: (document: DocumentName) => boolean): Promise<void> {
    const over = [...this.#slots].filter(([name]) => isOver(name));
    for (const [name, slot] of over) {
      if (slot.idle) clearTimeout(slot.idle);
      this.#slots.delete(name);
      slot.room?.destroy();
    }
    await Promise.all([...this.#compacting].map(([name, running]) => isOver(name) && running));
  }

  /** Drops everything from memory and waits for compactions that run. All leases must have been released. */
  async close(): Promise<void> {
    for (const slot of this.#slots.values()) {
      if (slot.idle) clearTimeout(slot.idle);
      slot.room?.destroy();
    }
    this.#slots.clear();
    await Promise.all(this.#compacting.values());
  }

  /** In rows, in bytes as compared with the rest, or too long for somebody who was refused. */
  #isLong(room: DocumentRoom): boolean {
    const { rowsBehindSnapshot: rows, bytesBehindSnapshot: bytes, size } = room.contents;
    const isCramped = room.takeCramped() && rows > 0;
    return isCramped || rows > LONG * this.#options.compactAbove || bytes > Math.max(MANY_BYTES, size / 2);
  }

  #slot(name: DocumentName): Slot {
    const present = this.#slots.get(name);
    if (present && !present.room?.isStale) return present;
    const slot: Slot = { loaded: DocumentRoom.open(name, this.#options), room: null, leases: 0, idle: null };
    this.#slots.set(name, slot);
    slot.loaded.then(
      (room) => (slot.room = room),
      () => this.#slots.get(name) === slot && this.#slots.delete(name),
    );
    return slot;
  }

  #idle(name: DocumentName, slot: Slot): void {
    if (this.#slots.get(name) !== slot) {
      slot.room?.destroy(); // replaced meanwhile, and this was its last user
      return;
    }
    slot.idle = setTimeout(
      guarded('a document was not unloaded', () => this.#unload(name, slot)),
      this.#options.idleAfter,
    );
    slot.idle.unref();
  }

  #unload(name: DocumentName, slot: Slot): void {
    const { room } = slot;
    if (slot.leases > 0 || this.#slots.get(name) !== slot || !room) return;
    if (!room.isSettled) {
      this.#idle(name, slot);
      return;
    }
    this.#slots.delete(name);
    const { rowsBehindSnapshot: rows, bytesBehindSnapshot: bytes } = room.contents;
    const isLong = rows > this.#options.compactAbove || bytes > MANY_BYTES;
    if (isLong) this.#compact(name, null);
    room.destroy();
  }

  #compact(name: DocumentName, inUse: DocumentRoom | null): void {
    if (this.#compacting.has(name)) return;
    const running = compact(this.#options.documents, name, this.#options.roots(refOf(name)))
      .then((isCompacted) => (isCompacted ? inUse?.shrink() : undefined))
      .catch((error: unknown) => report(`${name} was not compacted`, error))
      .then(() => void this.#compacting.delete(name));
    this.#compacting.set(name, running);
  }
}
