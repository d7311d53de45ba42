import type Sqlite from 'better-sqlite3';
import { AccessChanged, type EpochGuard } from '../ports/access.ts';
import { foreignLease, otherWriter, type ClientLease, type KnownLineage } from '../ports/documents.ts';
import { StorageError } from '../ports/storage-error.ts';
import type { Statements } from './connection.ts';
import type { AppendedRow, PackedUpdates, ReadAnswer } from './messages.ts';

type JoinedRows = readonly [seqs: string | null, lengths: string | null, hex: string | null];

/** Appending to documents and reading them inside the database's thread: each is one transaction without a pause. */
export class DocumentLog {
  readonly #database: Sqlite.Database;
  readonly #statements: Statements;
  readonly #begin: Sqlite.Statement;
  readonly #commit: Sqlite.Statement;

  constructor(database: Sqlite.Database, statements: Statements) {
    this.#database = database;
    this.#statements = statements;
    this.#begin = database.prepare('begin immediate');
    this.#commit = database.prepare('commit');
  }

  append(
    rows: readonly AppendedRow[],
    bytes: Uint8Array,
    leases: readonly ClientLease[],
    guards: readonly EpochGuard[],
    lineages: readonly KnownLineage[],
  ): void {
    this.#transaction(() => {
      this.#refuseChanged(guards);
      this.#refuseOtherWriter(rows, lineages);
      for (const lease of leases) this.#lease(lease);
      const insert = this.#statements.get(
        'insert into document_update (document, seq, bytes, seat_id, at) values (?, ?, ?, ?, ?)',
      );
      let from = 0;
      for (const [document, seq, length, seat, at] of rows) {
        insert.run(document, seq, bytes.subarray(from, (from += length)), seat, at);
      }
    });
  }

  read(document: string, newLineage: string): ReadAnswer {
    return this.#transaction(() => {
      const select = this.#statements.get('select lineage, snapshot, snapshot_seq from document where name = ?');
      type Head = { lineage: string; snapshot: Uint8Array | null; snapshot_seq: number };
      let head = select.get(document) as Head | undefined;
      if (!head) {
        this.#statements
          .get('insert into document (name, lineage, snapshot, snapshot_seq) values (?, ?, null, 0)')
          .run(document, newLineage);
        head = { lineage: newLineage, snapshot: null, snapshot_seq: 0 };
      }
      const owners = this.#statements
        .get('select client, seat_id from document_client where document = ?')
        .raw(true)
        .all(document) as [number, string | null][];
      const { lineage, snapshot, snapshot_seq: snapshotSeq } = head;
      return { lineage, snapshot, snapshotSeq, updates: this.#updates(document, snapshotSeq), owners };
    });
  }

  /**
   * All rows behind `after`. The database joins them: 20,000 small blobs take 40 ms to be handed over one by one, and 15 as three texts.
   */
  #updates(document: string, after: number): PackedUpdates {
    const joined = this.#statements
      .get(
        `select group_concat(seq order by seq), group_concat(octet_length(bytes) order by seq),
          group_concat(hex(bytes), '' order by seq) from document_update where document = ? and seq > ?`,
      )
      .raw(true)
      .get(document, after);
    return packed(joined as JoinedRows);
  }

  #refuseChanged(guards: readonly EpochGuard[]): void {
    if (guards.length === 0) return;
    const select = this.#statements.get('select epoch from access_epoch where scope = ?');
    const changed = guards.filter(({ scope, epoch }) => {
      const row = select.get(scope) as { epoch: number } | undefined;
      return (row?.epoch ?? 0) > epoch;
    });
    if (changed.length > 0) throw new AccessChanged(changed.map(({ scope }) => scope));
  }

  #refuseOtherWriter(rows: readonly AppendedRow[], lineages: readonly KnownLineage[]): void {
    const select = this.#statements.get('select lineage, snapshot_seq from document where name = ?');
    const known = new Map<string, string>(lineages.map(({ document, lineage }) => [document, lineage]));
    const seen = new Set<string>();
    for (const [document, seq] of rows) {
      if (seen.has(document)) continue;
      seen.add(document);
      const head = select.get(document) as { lineage: string; snapshot_seq: number } | undefined;
      if (seq <= (head?.snapshot_seq ?? 0)) throw new StorageError(otherWriter(document, 'was compacted'));
      const lineage = known.get(document);
      if (lineage !== undefined && lineage !== head?.lineage) {
        throw new StorageError(otherWriter(document, 'was begun anew'));
      }
    }
  }

  #lease({ document, client, seat }: ClientLease): void {
    const { changes } = this.#statements
      .get('insert into document_client (document, client, seat_id) values (?, ?, ?) on conflict do nothing')
      .run(document, client, seat);
    if (changes === 1) return;
    const owner = this.#statements
      .get('select seat_id from document_client where document = ? and client = ?')
      .get(document, client) as { seat_id: string | null };
    if (owner.seat_id !== seat) throw new StorageError(foreignLease(document, client));
  }

  #transaction<T>(work: () => T): T {
    this.#begin.run();
    try {
      const result = work();
      this.#commit.run();
      return result;
    } catch (error) {
      // A full disk makes SQLite roll back by itself; a second rollback would hide the real error.
      if (this.#database.inTransaction) this.#database.exec('rollback');
      throw error;
    }
  }
}

/** What the database has joined, as bytes again. */
function packed([seqs, lengths, hex]: JoinedRows): PackedUpdates {
  const ends = numbers(lengths);
  for (let index = 1; index < ends.length; index += 1) ends[index]! += ends[index - 1]!;
  return { seqs: numbers(seqs), ends, bytes: new Uint8Array(Buffer.from(hex ?? '', 'hex')) };
}

const numbers = (list: string | null): Float64Array =>
  list === null ? new Float64Array() : Float64Array.from(list.split(','), Number);
