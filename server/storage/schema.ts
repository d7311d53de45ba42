import type { Kysely } from 'kysely';

/** Tables as every dialect has them: times are epoch milliseconds, JSON is text, a boolean never occurs. */
export interface Schema {
  forum: {
    id: string;
    slug: string;
    join_code: string;
    join_code_expires_at: number | null;
    version: number;
    data: string;
    /** The forum that it is a rehearsal of. Null, here and in the next: people meet in it. */
    rehearsal_of: string | null;
    rehearsal_ends_at: number | null;
  };
  forum_workshop: { workshop_id: string; forum_id: string };
  forum_room: { room_id: string; workshop_id: string; forum_id: string };
  workshop_event: { workshop_id: string; version: number; data: string };
  workshop_command: { workshop_id: string; command_id: string; answer: string | null; at: number | null };
  document: { name: string; lineage: string; snapshot: Uint8Array | null; snapshot_seq: number };
  document_update: { document: string; seq: number; bytes: Uint8Array; seat_id: string | null; at: number };
  document_client: { document: string; client: number; seat_id: string | null };
  document_version: {
    document: string;
    seq: number;
    started_at: number;
    at: number;
    seats: string;
    kind: 'written' | 'beforeRestore';
    /** `Cut`s as JSON; null: none. */
    cuts: string | null;
    bytes: Uint8Array;
  };
  access_epoch: { scope: string; epoch: number };
  seat: {
    id: string;
    forum_id: string;
    role: string;
    account_id: string | null;
    joined_at: number;
    removed_at: number | null;
    kept_out_at: number | null;
    /** The seat of the same person that this one was joined into. */
    same_as: string | null;
  };
  person: {
    seat_id: string;
    name: string;
    country: string | null;
    organisation: string | null;
    language: string;
  };
  seat_token: {
    token_hash: string;
    seat_id: string;
    /** Null, here and in `account_session`: from before devices were listed. */
    created_at: number | null;
    seen_at: number | null;
    device: string | null;
    /** Null: from before tokens had an end; its next visit gives it one. */
    expires_at: number | null;
    /** Of the browser's mark, by which it can be kept out. */
    mark_hash: string | null;
  };
  /** Tokens of seats that were removed or joined into another: they open nothing, and come back with the seat. */
  former_token: {
    token_hash: string;
    seat_id: string;
    mark_hash: string | null;
    created_at: number | null;
    expires_at: number | null;
    device: string | null;
  };
  waiting: {
    seat_id: string;
    forum_id: string;
    token_hash: string;
    mark_hash: string | null;
    expires_at: number;
    device: string | null;
    name: string;
    country: string | null;
    organisation: string | null;
    language: string;
    at: number;
  };
  account: { id: string; email: string; name: string; password_hash: string; created_at: number };
  link: {
    token_hash: string;
    purpose: string;
    expires_at: number;
    spent_at: number | null;
    created_at: number | null;
    /** Of whom the link is, where it is somebody's with an account. */
    account_id: string | null;
  };
  account_session: {
    id_hash: string;
    account_id: string;
    expires_at: number;
    created_at: number | null;
    seen_at: number | null;
    device: string | null;
  };
  known_device: { mark_hash: string; account_id: string; at: number };
  /** Organizers' own scripts, each a file as JSON. */
  script: {
    id: string;
    account_id: string;
    version: number;
    data: string;
    /** Of `data`: what an account has in all is counted without reading it. */
    bytes: number;
    changed_at: number;
    removed_at: number | null;
  };
  readiness: { id: number; padding: string };
  high_water: { id: string; others: number };
}

export type Database = Kysely<Schema>;
