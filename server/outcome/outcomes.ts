import type * as Y from 'yjs';
import type { WorkshopPlan } from '#domain/forum/agenda.ts';
import type { Forum } from '#domain/forum/forum.ts';
import { assembleOutcome } from '#domain/outcome/assemble.ts';
import type { OutcomeDocument } from '#domain/outcome/document.ts';
import { readBoard } from '#protocol/board/read.ts';
import { documentName, type DocumentName } from '#protocol/document-name.ts';
import { readOutcomeDraft } from '#protocol/outcome-doc.ts';
import type { Storage } from '#server/storage/ports.ts';
import type { OutcomeFormat } from './render/render.ts';

/** Forums' documents as they stand now, and as files. */
export class Outcomes {
  readonly #storage: Pick<Storage, 'people'>;
  readonly #readDocument: (name: DocumentName) => Promise<Y.Doc>;

  constructor(storage: Pick<Storage, 'people'>, readDocument: (name: DocumentName) => Promise<Y.Doc>) {
    this.#storage = storage;
    this.#readDocument = readDocument;
  }

  async assemble(forum: Forum): Promise<OutcomeDocument> {
    const rooms = forum.agenda
      .filter((item): item is WorkshopPlan => item.kind === 'workshop')
      .flatMap((workshop) => workshop.rooms);
    const [draft, people, ...boards] = await Promise.all([
      this.#readDocument(documentName({ kind: 'outcome', forum: forum.id })),
      this.#storage.people.ofForum(forum.id),
      ...rooms.map(async (room) => ({
        room,
        board: readBoard(await this.#readDocument(documentName({ kind: 'board', room: room.id }))),
      })),
    ]);
    return assembleOutcome({ forum, boards, people, draft: readOutcomeDraft(draft, forum.language) });
  }

  async export(forum: Forum, format: OutcomeFormat): Promise<{ bytes: Uint8Array; mime: string; filename: string }> {
    // Loaded when first asked for: the engines for PDF and Word take longer to load than the rest of the server.
    const { renderOutcome } = await import('./render/render.ts');
    const { bytes, mime, extension } = await renderOutcome(await this.assemble(forum), format);
    return { bytes, mime, filename: `${forum.slug}.${extension}` };
  }
}
