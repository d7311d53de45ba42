import type { SeatId } from '#domain/ids.ts';
import type { DocumentName } from '#protocol/document-name.ts';
import type { EpochGuard } from './access.ts';
import type { KeptVersion, RowMark, Version } from './versions.ts';

export interface DocumentAppend {
  readonly document: DocumentName;
  /** Position in the document's log: 1, 2, 3 … without gaps; the writer knows the last one. */
  readonly seq: number;
  readonly update: Uint8Array;
  /** Null for the server's own edits. */
  readonly seat: SeatId | null;
  readonly at: number;
}

/** From now on only this seat adds to the document under this clientID. */
export interface ClientLease {
  readonly document: DocumentName;
  /** A clientID of Yjs: a whole number below 2^53. */
  readonly client: number;
  /** Null for the server's own edits. */
  readonly seat: SeatId | null;
}

/** The document as its writer knows it: rows are for this lineage and no other. */
export interface KnownLineage {
  readonly document: DocumentName;
  readonly lineage: string;
}

/** Another writer has been there: what was to be written builds on a document that is not this one any more. */
export const otherWriter = (document: string, what: string): string => `${document}: ${what} by another writer`;

export const foreignLease = (document: DocumentName, client: number): string =>
  `client ${client} of ${document} belongs to another seat`;

export interface StoredDocument {
  readonly lineage: string;
  /** State up to and including `snapshotSeq` (0: none). */
  readonly snapshot: Uint8Array | null;
  readonly snapshotSeq: number;
  /** Updates behind the snapshot, in order of seq. They may share one buffer: copy one that is kept for long. */
  readonly updates: readonly Uint8Array[];
  /** Last seq in the log, at least `snapshotSeq`. */
  readonly seq: number;
  /** Leases of this lineage: clientID → seat. */
  readonly owners: ReadonlyMap<number, SeatId | null>;
}

export interface DocumentStore {
  /**
   * All rows and leases in ONE durable transaction, or none. Rejects when a seq is taken or lies in the snapshot (another writer),
   * when the document has another lineage than the writer knows, or a clientID is another seat's, and with `AccessChanged` when the
   * stored epoch is past that of a guard: what is written comes before every change of rights that its guards had not seen.
   */
  append(
    rows: readonly DocumentAppend[],
    also?: {
      readonly leases?: readonly ClientLease[];
      readonly guards?: readonly EpochGuard[];
      readonly lineages?: readonly KnownLineage[];
    },
  ): Promise<void>;
  /** A document that was never written has no snapshot, no updates, seq 0 and a fresh lineage, which is stored. */
  read(document: DocumentName): Promise<StoredDocument>;
  /** Whether anything of it is stored. Who only looks asks this first, and need not `read`, which begins a document. */
  has(document: DocumentName): Promise<boolean>;
  /** Those of which anything is stored. */
  begun(documents: readonly DocumentName[]): Promise<ReadonlySet<DocumentName>>;
  /** What versions are told from, of one moment: the kept ones and the rows behind the snapshot, both in order of seq. */
  history(document: DocumentName): Promise<{ readonly kept: readonly Version[]; readonly rows: readonly RowMark[] }>;
  /**
   * Stores a snapshot of rows up to `seq` and drops those rows, in one transaction; in the same one it keeps versions and
   * drops others that were kept. Rejects when somebody else compacted since the versions were told.
   */
  compact(
    document: DocumentName,
    snapshot: Uint8Array,
    seq: number,
    versions?: {
      /** The snapshot's seq when they were told. */
      readonly after: number;
      readonly keep: readonly KeptVersion[];
      readonly drop: readonly Version[];
    },
  ): Promise<void>;
  /** The content of a kept version. */
  version(document: DocumentName, seq: number): Promise<Uint8Array | null>;
  /** Keeps a version, in the place of one with the same seq. */
  keepVersion(document: DocumentName, version: KeptVersion): Promise<void>;
  dropVersion(document: DocumentName, seq: number): Promise<void>;
  /** Gives the document a new lineage, without leases: what clients held from before will not merge any more. */
  renewLineage(document: DocumentName): Promise<string>;
  names(): Promise<DocumentName[]>;
}
