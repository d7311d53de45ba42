import * as Y from 'yjs';
import type { AgendaItem, WorkshopPlan } from '#domain/forum/agenda.ts';
import type { Item } from '#domain/board/board.ts';
import { tooManyIn } from '#domain/forum/counts.ts';
import type { Forum } from '#domain/forum/forum.ts';
import { numberedSlug } from '#domain/forum/slug.ts';
import type { ForumId, ItemId, RoomId, ThemeId, WorkshopId } from '#domain/ids.ts';
import type { RoomBoard } from '#domain/outcome/assemble.ts';
import { accepted, refused, type Result } from '#domain/refusal.ts';
import { addItem, addTheme, mergeItems } from '#protocol/board/edit.ts';
import { documentName, type DocumentName } from '#protocol/document-name.ts';
import { writeOutcomeDraft } from '#protocol/outcome-doc.ts';
import { withFirstRoom } from '#server/live/plan.ts';
import type { DocumentAppend } from '#server/storage/ports/documents.ts';
import type { Storage } from '#server/storage/ports/storage.ts';
import { StorageError } from '#server/storage/ports/storage-error.ts';
import { boardsOf, IMPORTED_BY, type ImportedOutcome } from './import/imported.ts';

export interface ImportTools {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly randomId: () => string;
  readonly joinCode: () => string;
}

const TRIES = 50;

/**
 * Makes a forum of an imported outcome: its agenda, one board a room of its first workshop, and the outcome's own text. The
 * texts are stored before the forum, so that a forum that can be found is whole.
 */
export async function storeImport(
  storage: Pick<Storage, 'forums' | 'documents'>,
  imported: ImportedOutcome,
  { now, randomId, joinCode }: ImportTools,
): Promise<Result<Forum>> {
  const { details } = imported;
  const id = randomId() as ForumId;
  const agenda = withLastingIds(details.agenda, details.language, randomId, roomNames(imported));
  const excess = tooManyIn(agenda);
  if (excess) return refused(excess);
  const workshop = agenda.find((item): item is WorkshopPlan => item.kind === 'workshop');
  const boards = boardsOf(imported, workshop?.rooms ?? [], randomId);
  const append = (name: DocumentName, write: (doc: Y.Doc) => void): DocumentAppend => {
    const doc = new Y.Doc();
    doc.transact(() => write(doc));
    return { document: name, seq: 1, update: Y.encodeStateAsUpdate(doc), seat: null, at: now };
  };
  await storage.documents.append([
    append(documentName({ kind: 'outcome', forum: id }), (doc) =>
      writeOutcomeDraft(doc, imported.draft, details.language),
    ),
    ...boards.map((board) =>
      append(documentName({ kind: 'board', room: board.room.id as RoomId }), (doc) =>
        writeBoard(doc, board, now, randomId),
      ),
    ),
  ]);
  for (let number = 1; number <= TRIES; number += 1) {
    const forum: Forum = {
      ...details,
      agenda,
      id,
      slug: numberedSlug(imported.slug, number),
      version: 1,
      joinCode: joinCode(),
      joinCodeExpiresAt: null,
    };
    if (await storage.forums.insert(forum)) return accepted(forum);
  }
  throw new StorageError(`no free address for a forum called ${imported.slug}`);
}

/** Rooms that the outcome names beside its recommendations. */
function roomNames({ themes, parkingLot }: ImportedOutcome): Set<string> {
  const items = [...themes.flatMap((theme) => theme.items), ...parkingLot];
  return new Set(items.flatMap(({ room }) => room ?? []));
}

/** Ids of an import count from 1; a stored forum's are its own. The first workshop gets every room that the text names. */
function withLastingIds(
  agenda: readonly AgendaItem[],
  language: string,
  randomId: () => string,
  named: ReadonlySet<string>,
): AgendaItem[] {
  const first = agenda.find(({ kind }) => kind === 'workshop');
  return agenda.map((item): AgendaItem => {
    if (item.kind !== 'workshop') return { ...item, id: randomId() };
    const missing = item === first ? [...named].filter((name) => !item.rooms.some((room) => room.name === name)) : [];
    const rooms = [...item.rooms.map(({ name }) => name), ...missing].map((name) => ({
      id: randomId() as RoomId,
      name,
    }));
    return {
      ...item,
      id: randomId() as WorkshopId,
      rooms: item === first ? withFirstRoom(rooms, language) : rooms,
    };
  });
}

function writeBoard(doc: Y.Doc, { board }: RoomBoard, now: number, randomId: () => string): void {
  const writer = { seat: IMPORTED_BY, at: now };
  const write = ({ lang, blocks, merged }: Item, theme: ThemeId | null): ItemId => {
    const id = randomId() as ItemId;
    addItem(doc, { id, theme, lang, blocks }, writer);
    for (const inside of merged) mergeItems(doc, write(inside, theme), id, writer);
    return id;
  };
  for (const { title, items } of board.themes) {
    const theme = randomId() as ThemeId;
    addTheme(doc, { id: theme, title }, writer);
    for (const item of items) write(item, theme);
  }
  for (const item of board.loose) write(item, null);
}
