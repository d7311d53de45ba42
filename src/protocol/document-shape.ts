import { unreachable } from '#domain/unreachable.ts';
import type { DocumentRef } from './document-name.ts';
import { OUTCOME_PARTS } from './outcome-doc.ts';
import type { ScannedUpdate } from './update/scan.ts';

/** The root types of each kind of document. */
export function rootsOf({ kind }: Pick<DocumentRef, 'kind'>): ReadonlySet<string> {
  switch (kind) {
    case 'board':
    case 'draft':
    case 'group':
      return BOARD_ROOTS;
    case 'outcome':
      return OUTCOME_ROOTS;
    default:
      return unreachable(kind);
  }
}

const BOARD_ROOTS: ReadonlySet<string> = new Set(['themes', 'items']);
/** Only organizers and facilitators write an outcome; a board's roots were never refused in it. */
const OUTCOME_ROOTS: ReadonlySet<string> = new Set([...OUTCOME_PARTS, ...BOARD_ROOTS]);

// Yjs' own numbers. What our documents hold: GC, deleted, string, format, type and any value
const CONTENTS = bits(0, 1, 4, 6, 7, 8);
// map, text, XML element, XML fragment and XML text
const TYPES = bits(1, 2, 3, 4, 6);

/** Whether it brings only what a document with these roots can hold. Somebody else's data has no place in one. */
export function belongs({ roots, kinds }: Pick<ScannedUpdate, 'roots' | 'kinds'>, known: ReadonlySet<string>): boolean {
  if ((kinds.contents & ~CONTENTS) !== 0 || (kinds.types & ~TYPES) !== 0) return false;
  for (const root of roots) if (!known.has(root)) return false;
  return true;
}

function bits(...numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all | (1 << number), 0);
}
