import * as Y from 'yjs';
import { UNREAD_BOARD, type Board } from '#domain/board/board.ts';
import type { Forum } from '#domain/forum/forum.ts';
import type { Language } from '#domain/languages/language.ts';
import { assembleOutcome, type OutcomeSources } from '#domain/outcome/assemble.ts';
import type { OutcomeDraft } from '#domain/outcome/document.ts';
import { unreachable } from '#domain/unreachable.ts';
import { itemAt } from '#protocol/board/item-at.ts';
import { readBoard } from '#protocol/board/read.ts';
import type { DocumentRef } from '#protocol/document-name.ts';
import { rootsOf } from '#protocol/document-shape.ts';
import { readOutcomeDraft } from '#protocol/outcome-doc.ts';
import type { LetterId } from '#protocol/update/written.ts';
import { onlyRoots } from '#protocol/update/only-roots.ts';
import { beginningOfBoard, beginningOfOutcome } from './beginning.ts';

/** What the reading process is asked. Bytes are a document's log as one update; `json` is what an earlier job gave, null when it failed. */
export type ReadingJob =
  | { readonly kind: 'board'; readonly bytes: Uint8Array }
  /** What the item says that holds a letter. */
  | { readonly kind: 'item'; readonly bytes: Uint8Array; readonly letter: LetterId }
  | { readonly kind: 'draft'; readonly bytes: Uint8Array; readonly language: Language }
  | {
      readonly kind: 'outcome';
      readonly forum: Forum;
      readonly people: OutcomeSources['people'];
      readonly boards: readonly { readonly room: { id: string; name: string }; readonly json: Uint8Array | null }[];
      readonly draft: Uint8Array | null;
    };

/** What was read, whole, as JSON in UTF-8: it may be large, and passes through the event loop as bytes. */
export interface Contents {
  readonly json: Uint8Array<ArrayBuffer>;
  /** JSON of its beginning, which a page can hold. */
  readonly beginning: string;
}

export function readingOf(job: ReadingJob): Contents {
  switch (job.kind) {
    case 'board': {
      const board = withDocument(job.bytes, 'board', readBoard);
      return { json: utf8(board), beginning: JSON.stringify(beginningOfBoard(board)) };
    }
    case 'item': {
      const text = withDocument(job.bytes, 'board', (doc) => itemAt(doc, job.letter));
      return { json: utf8(text && { ...text, text: text.text.slice(0, MOST_OF_ITEM) }), beginning: '' };
    }
    case 'draft': {
      const draft = withDocument(job.bytes, 'outcome', (doc) => readOutcomeDraft(doc, job.language));
      return { json: utf8(draft), beginning: '' };
    }
    case 'outcome': {
      const document = assembleOutcome({
        forum: job.forum,
        people: job.people,
        draft: (job.draft ? parsed(job.draft) : NO_DRAFT) as OutcomeDraft,
        boards: job.boards.map(({ room, json }) => ({ room, board: json ? (parsed(json) as Board) : UNREAD_BOARD })),
      });
      return { json: utf8(document), beginning: JSON.stringify(beginningOfOutcome(document)) };
    }
    default:
      return unreachable(job);
  }
}

const MOST_OF_ITEM = 1_000; // UTF-16 units: a line is cut from it

const NO_DRAFT: OutcomeDraft = { preamble: [], closing: [], notes: [] };

function withDocument<Read>(bytes: Uint8Array, kind: DocumentRef['kind'], read: (doc: Y.Doc) => Read): Read {
  const doc = new Y.Doc();
  try {
    Y.applyUpdate(doc, onlyRoots(bytes, rootsOf({ kind })));
    return read(doc);
  } finally {
    doc.destroy();
  }
}

const utf8 = (value: unknown): Uint8Array<ArrayBuffer> => new TextEncoder().encode(JSON.stringify(value));
const parsed = (json: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(json));
