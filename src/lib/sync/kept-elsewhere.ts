import type { SeatId } from '#domain/ids.ts';
import type { DocumentName } from '#protocol/document-name.ts';
import { NOTHING, sum, type DraftCopy, type Kept } from './kept-copy.ts';
import type { PageStorage } from './page-storage.ts';

const BOARD = /^(board|group)\//;

/**
 * What this browser keeps of a seat's other boards: copies that were left behind, and those with words that were never sent. `isOpen`:
 * documents that send such words by themselves once they are opened.
 */
export function keptElsewhere(
  seat: SeatId,
  here: DocumentName,
  storage: PageStorage,
  isOpen: (document: string) => boolean,
): DraftCopy[] {
  try {
    const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
    return keys.flatMap((key) => {
      const [kind, owner, document, ...rest] = key.split(':');
      const isRecord =
        kind === 'sync' && owner === seat && document && document !== here && BOARD.test(document) && rest.length === 0;
      return isRecord ? leftUnder(key, storage, isOpen(document)) : [];
    });
  } catch {
    return []; // storage is closed to us
  }
}

function leftUnder(key: string, storage: PageStorage, isOpen: boolean): DraftCopy[] {
  try {
    const { generation, known, drafts, unsaved } = keptUnder(key, storage);
    const edits = isOpen ? 0 : sum(unsaved);
    const unsent: DraftCopy = { database: `${key}:${generation}`, cause: 'late', known, at: 0, edits };
    return edits > 0 ? [...drafts, unsent] : [...drafts];
  } catch {
    return []; // written by nobody we know
  }
}

/** Throws what `JSON.parse` throws. */
const keptUnder = (key: string, storage: PageStorage): Kept => ({
  ...NOTHING,
  ...(JSON.parse(storage.getItem(key) ?? '{}') as Partial<Kept>),
});

/** Its words are gone with it: neither kept nor sent any more. */
export function forgetElsewhere({ database }: DraftCopy, storage: PageStorage): void {
  const key = database.slice(0, database.lastIndexOf(':'));
  try {
    const kept = keptUnder(key, storage);
    const drafts = kept.drafts.filter((draft) => draft.database !== database);
    const isCurrent = database === `${key}:${kept.generation}`;
    const next = isCurrent ? { ...NOTHING, generation: kept.generation + 1, drafts } : { ...kept, drafts };
    storage.setItem(key, JSON.stringify(next));
  } catch {
    // it is offered again
  }
}
