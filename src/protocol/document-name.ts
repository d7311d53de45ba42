import type { ForumId, RoomId, SeatId, StepId, WorkshopId } from '#domain/ids.ts';
import { unreachable } from '#domain/unreachable.ts';

/** One Y.Doc for each permission domain. */
export type DocumentRef =
  | { readonly kind: 'board'; readonly room: RoomId }
  | { readonly kind: 'draft'; readonly seat: SeatId }
  | GroupRef
  | { readonly kind: 'outcome'; readonly forum: ForumId };

/** Of the people who work together in a step: steps are told apart within their workshop only. */
export interface GroupRef {
  readonly kind: 'group';
  readonly workshop: WorkshopId;
  readonly step: StepId;
  readonly number: number;
}

/** Whether people write it as a board together, with items and themes. */
export const isBoard = ({ kind }: Pick<DocumentRef, 'kind'>): boolean => kind === 'board' || kind === 'group';

declare const brand: unique symbol;
/** `board/<room>`, `draft/<seat>`, `group/<workshop>/<step>/<number>` or `outcome/<forum>`, in its one canonical spelling. */
export type DocumentName = string & { readonly [brand]: 'document' };

const CANONICAL = /^(board|draft|outcome)\/([a-z0-9]{8,40})$/;
/** Ids of steps are written by people: letters of either case, digits and dashes, as scripts have them. */
const OF_GROUP = /^group\/([a-z0-9]{8,40})\/([A-Za-z0-9-]{1,40})\/([1-9][0-9]{0,3})$/;

/** Null for anything that is not spelled exactly so: no case folding, no percent-decoding, no slash more. */
export function parseDocumentName(name: string): { name: DocumentName; ref: DocumentRef } | null {
  const group = OF_GROUP.exec(name);
  if (group) {
    const [, workshop, step, number] = group;
    const ref = {
      kind: 'group',
      workshop: workshop as WorkshopId,
      step: step as StepId,
      number: Number(number),
    } as const;
    return { name: name as DocumentName, ref };
  }
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
    case 'group':
      return `group/${ref.workshop}/${ref.step}/${ref.number}` as DocumentName;
    case 'outcome':
      return `outcome/${ref.forum}` as DocumentName;
    default:
      return unreachable(ref);
  }
}
