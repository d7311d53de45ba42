import type { RoomId } from '#domain/ids.ts';
import { documentName } from '#protocol/document-name.ts';
import type { ScannedUpdate } from '#protocol/update/scan.ts';
import { report } from '#server/process/report.ts';
import type { DocumentStore, StoredDocument } from '#server/storage/ports/documents.ts';
import { StandingRecords } from '#server/sync/standing-records.ts';

export interface BoardCount {
  readonly ideas: number;
  readonly themes: number;
}

type Stored = Pick<StoredDocument, 'snapshot' | 'updates' | 'seq'>;

interface Row {
  readonly seq: number;
  readonly update: ScannedUpdate;
}

interface Counted {
  /** Null until the log was read, and for one that cannot be. */
  records: StandingRecords | null;
  /** The last row that is in it. */
  seq: number;
  /** Rows that are stored while the log is read. */
  waiting: Row[] | null;
}

/**
 * How much stands on the boards of rooms that somebody follows: told by the log of each, which is read once, one after another, and then
 * followed as rows are stored. No board is loaded to be counted.
 */
export class BoardCounts {
  readonly #documents: Pick<DocumentStore, 'begun' | 'read'>;
  readonly #counted: (room: RoomId) => void;
  readonly #boards = new Map<RoomId, Counted>();
  #reading: Promise<void> = Promise.resolve();

  /** `counted`: one more board is known. */
  constructor(documents: Pick<DocumentStore, 'begun' | 'read'>, counted: (room: RoomId) => void) {
    this.#documents = documents;
    this.#counted = counted;
  }

  /** Null: not known, or not yet. */
  of(room: RoomId): BoardCount | null {
    const records = this.#boards.get(room)?.records;
    return records ? { ideas: records.count('items'), themes: records.count('themes') } : null;
  }

  follow(rooms: readonly RoomId[]): void {
    const unknown = rooms.filter((room) => !this.#boards.has(room));
    if (unknown.length === 0) return;
    const boards = new Map(unknown.map((room) => [room, { records: null, seq: 0, waiting: [] } as Counted]));
    for (const [room, board] of boards) this.#boards.set(room, board);
    this.#reading = this.#reading.then(() => this.#read(boards));
  }

  /** A row of a board's log is on disk. */
  stored(room: RoomId, seq: number, update: ScannedUpdate): void {
    const board = this.#boards.get(room);
    if (!board) return;
    if (board.waiting) board.waiting.push({ seq, update });
    else this.#append(room, board, { seq, update });
  }

  forget(rooms: readonly RoomId[]): void {
    for (const room of rooms) this.#boards.delete(room);
  }

  async #read(boards: ReadonlyMap<RoomId, Counted>): Promise<void> {
    try {
      const begun = await this.#documents.begun([...boards.keys()].map(nameOf));
      for (const [room, board] of boards) {
        if (this.#boards.get(room) !== board) continue;
        const name = nameOf(room);
        await this.#count(room, board, begun.has(name) ? await this.#documents.read(name) : NOT_BEGUN);
        this.#counted(room);
      }
    } catch (error) {
      report('boards were not counted', error);
      // they are asked for again
      for (const [room, board] of boards)
        if (this.#boards.get(room) === board && board.waiting) this.#boards.delete(room);
    }
  }

  /** A log that is no log is left uncounted: its own room says so when somebody opens it. */
  async #count(room: RoomId, board: Counted, { snapshot, updates, seq }: Stored): Promise<void> {
    const rows = snapshot ? [snapshot, ...updates] : updates;
    board.records = await StandingRecords.read(['items', 'themes'], rows).catch(() => null);
    board.seq = seq;
    const waiting = board.waiting ?? [];
    board.waiting = null;
    for (const row of waiting) this.#append(room, board, row);
  }

  #append(room: RoomId, board: Counted, { seq, update }: Row): void {
    if (seq <= board.seq) return; // read from the disk
    if (seq > board.seq + 1) return void this.#boards.delete(room); // another log: it is read again
    board.records?.append(update);
    board.seq = seq;
  }
}

const NOT_BEGUN: Stored = { snapshot: null, updates: [], seq: 0 };

const nameOf = (room: RoomId) => documentName({ kind: 'board', room });
