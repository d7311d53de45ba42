import type { DocumentName } from '#protocol/document-name.ts';
import type { ScannedUpdate } from '#protocol/update/scan.ts';

const LONGEST = 30_000; // ms; who clears a board item by item needs two seconds for each
const SETTLED = 5_000; // ms without another deletion
const LEAST = 10; // pieces; a record that goes has more, and who corrects words deletes fewer at once
const OVERWRITTEN = 20; // pieces that an overwritten value counts for, since a merge deletes one
const MUCH = 60; // pieces: five ideas of a word, a paragraph, three merges
const ANY = 8; // the kind of content in which Yjs writes plain values, such as those of a record

/** Much may have been deleted: where to look. */
export interface Deleting {
  readonly document: DocumentName;
  /** The last update before it began. */
  readonly before: number;
  /** The last one before the heaviest of its updates: what was written meanwhile is still there. */
  readonly beforeHeaviest: number;
}

interface Watched extends Deleting {
  readonly since: number;
  last: number;
  much: number;
  heaviest: number;
  beforeHeaviest: number;
}

/**
 * Notices by the outline of updates, without building anything, that much of a document may have been deleted, at once or bit by bit.
 * Wrong now and then, which costs whoever looks closer some milliseconds.
 */
export class DeletionWatch {
  readonly #watched = new Map<DocumentName, Watched>();

  /** Update `seq` of the document is stored. `at`: milliseconds that never run backwards. */
  stored(document: DocumentName, seq: number, update: ScannedUpdate, at: number): void {
    const weight = weightOf(update);
    if (weight < LEAST) return;
    let watched = this.#watched.get(document);
    if (!watched || (watched.much < MUCH && isOver(watched, at))) {
      watched = { document, before: seq - 1, beforeHeaviest: seq - 1, since: at, last: at, much: 0, heaviest: 0 };
      this.#watched.set(document, watched);
    }
    watched.last = at;
    watched.much += weight;
    if (weight <= watched.heaviest) return;
    watched.heaviest = weight;
    watched.beforeHeaviest = seq - 1;
  }

  /** What was noticed and is over by now; told once. */
  take(at: number): Deleting[] {
    const over = [...this.#watched.values()].filter((watched) => isOver(watched, at));
    for (const { document } of over) this.#watched.delete(document);
    return over.filter(({ much }) => much >= MUCH);
  }
}

const isOver = ({ since, last }: Watched, at: number): boolean => at - last >= SETTLED || at - since >= LONGEST;

function weightOf({ deletes, kinds }: ScannedUpdate): number {
  const length = deletes.reduce((sum, range) => sum + range.length, 0);
  const brings = (kinds.contents & (1 << ANY)) !== 0;
  return brings ? length + deletes.length * OVERWRITTEN : length;
}
