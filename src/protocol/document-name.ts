import type { ForumId, RoomId, SeatId } from '#domain/ids.ts';
import { unreachable } from '#domain/unreachable.ts';

/** One Y.Doc for each permission domain (DESIGN §2). */
export type DocumentRef =
  | { readonly kind: 'board'; readonly room: RoomId }
  | { readonly kind: 'draft'; readonly seat: SeatId }
  | { readonly kind: 'outcome'; readonly forum: ForumId };

declare const brand: unique symbol;
/** `board/<room>`, `draft/<seat>` or `outcome/<forum>`, in its one canonical spelling. */
export type DocumentName = string & { readonly [brand]: 'document' };

const CANONICAL = /^(board|draft|outcome)\/([a-z0-9]{8,40})$/;

/** Null for anything that is not spelled exactly so: no case folding, no percent-decoding, no second slash. */
export function parseDocumentName(name: string): { name: DocumentName; ref: DocumentRef } | null {
  const match = CANONICAL.exec(name);
  if (!match) return null;
  const [, kind, id] = match;
  const ref: DocumentRef =
    kind === 'board'
      ? { kind, room: id as RoomId }
      : kind === 'draft'
        ? { kind, seat: id as SeatId }
        : { kind: 'outcome', forum: id as ForumId };
  return { name: name as DocumentName, ref };
}

export function refOf(name: DocumentName): DocumentRef {
  const parsed = parseDocumentName(name);
  if (!parsed) throw new Error(`${name} is not a document`);
  return parsed.ref;
}

export function documentName(ref: DocumentRef): DocumentName {
  switch (ref.kind) {
    case 'board':
      return `board/${ref.room}` as DocumentName;
    case 'draft':
      return `draft/${ref.seat}` as DocumentName;
    case 'outcome':
      return `outcome/${ref.forum}` as DocumentName;
    default:
      return unreachable(ref);
  }
}
