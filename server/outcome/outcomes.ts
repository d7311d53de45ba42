import type * as Y from 'yjs';
import type { WorkshopPlan } from '#domain/forum/agenda.ts';
import type { Forum } from '#domain/forum/forum.ts';
import { assembleOutcome } from '#domain/outcome/assemble.ts';
import type { OutcomeDocument } from '#domain/outcome/document.ts';
import { readBoard } from '#protocol/board/read.ts';
import { documentName, type DocumentName } from '#protocol/document-name.ts';
import { readOutcomeDraft } from '#protocol/outcome-doc.ts';
import type { Storage } from '#server/storage/ports.ts';
import { Exports } from './making/exports.ts';
import type { MadeFile } from './making/job.ts';
import type { OutcomeFormat } from './render/render.ts';

export interface ExportedFile extends Omit<MadeFile, 'extension'> {
  readonly filename: string;
}

/** Forums' documents as they stand now, and as files. */
export class Outcomes {
  readonly #storage: Pick<Storage, 'people'>;
  readonly #readDocument: (name: DocumentName) => Promise<Y.Doc>;

  readonly #exports = new Exports();

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

  /** The document as a file, made in a process of its own. Rejects with `ExportRefused`. */
  async export(forum: Forum, format: OutcomeFormat): Promise<ExportedFile> {
    const json = new TextEncoder().encode(JSON.stringify(await this.assemble(forum)));
    const { extension, ...file } = await this.#exports.make(forum.id, json, format);
    return { ...file, filename: `${forum.slug}.${extension}` };
  }

  close(): void {
    this.#exports.close();
  }
}
