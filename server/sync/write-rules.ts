import type { Actor } from '#domain/forum/seat.ts';
import { LIMITS } from '#domain/limits.ts';
import { rootsOf } from '#protocol/document-shape.ts';
import type { DocumentRef } from '#protocol/document-name.ts';

/** What one seat may bring into one document, beside whether it may write at all. */
export interface WriteRules {
  /** Null: any. */
  readonly roots: ReadonlySet<string> | null;
  /** Bytes that the whole document may come to by this seat's hand. */
  readonly document: number;
  /** Bytes of the seat's own in it. */
  readonly seat: number;
  /** Items and themes of the seat's own in it. */
  readonly records: number;
  /** Bytes of the seat's own that are stored in a minute, after four times as many at once; more is taken more slowly. */
  readonly perMinute: number;
}

const UNLIMITED = 1e12;

export const ANYTHING: WriteRules = {
  roots: null,
  document: LIMITS.document.most,
  seat: Infinity,
  records: Infinity,
  perMinute: UNLIMITED,
};

/** Who runs the forum can still write, and so make room, where everybody else is at the wall. */
export function writeRules(ref: DocumentRef, { role }: Actor): WriteRules {
  const roots = rootsOf(ref);
  return role === 'organizer' || role === 'facilitator'
    ? { roots, document: LIMITS.documentForHosts.most, seat: Infinity, records: Infinity, perMinute: UNLIMITED }
    : {
        roots,
        document: LIMITS.document.most,
        seat: LIMITS.documentOfSeat.most,
        records: LIMITS.recordsOfSeat.most,
        perMinute: LIMITS.storedOfSeat.most,
      };
}
