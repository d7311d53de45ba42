import type { EpochGuard, AccessScope } from '../ports/access.ts';
import type { ClientLease, KnownLineage } from '../ports/documents.ts';
import type { Held, HighWater } from '../high-water.ts';
import type { MarkReport } from './high-water-file.ts';

/** What the database's thread is asked; each question is answered once, by its id. */
export type Question =
  | {
      readonly kind: 'query';
      readonly id: number;
      readonly sql: string;
      readonly parameters: readonly unknown[];
      /** A transaction, with which it is the first. */
      readonly begins: boolean;
    }
  | { readonly kind: 'commit' | 'rollback' | 'close'; readonly id: number }
  | {
      readonly kind: 'append';
      readonly id: number;
      readonly rows: readonly AppendedRow[];
      /** The updates of all rows, one behind the other. */
      readonly bytes: Uint8Array;
      readonly leases: readonly ClientLease[];
      readonly guards: readonly EpochGuard[];
      readonly lineages: readonly KnownLineage[];
    }
  | { readonly kind: 'read'; readonly id: number; readonly document: string; readonly newLineage: string }
  /** Answered with a `MarkReport`: compares the file with the database, and keeps it from now on. */
  | {
      readonly kind: 'mark';
      readonly id: number;
      readonly path: string;
      readonly known: HighWater | null;
      readonly held: Held;
      readonly accept: boolean;
    }
  | { readonly kind: 'forget'; readonly id: number; readonly documents: readonly string[] };

export type { MarkReport };

export type AppendedRow = readonly [document: string, seq: number, byteLength: number, seat: string | null, at: number];

export interface QueryAnswer {
  readonly rows: readonly unknown[];
  readonly changes: number;
  readonly lastInsertRowid: number | bigint;
}

export interface ReadAnswer {
  readonly lineage: string;
  readonly snapshot: Uint8Array | null;
  readonly snapshotSeq: number;
  readonly updates: PackedUpdates;
  readonly owners: readonly (readonly [client: number, seat: string | null])[];
}

/** A message with thousands of small arrays costs more than reading them from the disk. */
export interface PackedUpdates {
  readonly seqs: Float64Array;
  /** Where each update ends in `bytes`. */
  readonly ends: Float64Array;
  readonly bytes: Uint8Array;
}

export type Answer =
  | { readonly id: number; readonly kind: 'done'; readonly value: unknown }
  | { readonly id: number; readonly kind: 'refused'; readonly message: string; readonly code?: string | undefined }
  | { readonly id: number; readonly kind: 'accessChanged'; readonly scopes: readonly AccessScope[] };

/** The first thing the thread says, before any answer. */
export type Opening =
  { readonly kind: 'opened'; readonly version: string } | { readonly kind: 'failed'; readonly message: string };
