import type { Forum } from '#domain/forum/forum.ts';
import type { OutcomeDocument } from '#domain/outcome/document.ts';
import type { OutcomeBeginning } from '#server/documents/beginning.ts';
import type { Documents } from '#server/documents/documents.ts';
import type { Storage } from '#server/storage/ports/storage.ts';
import { Exports } from './making/exports.ts';
import type { MadeFile } from './making/job.ts';
import type { OutcomeFormat } from './render/render.ts';

export interface ExportedFile extends Omit<MadeFile, 'extension'> {
  readonly filename: string;
}

/** Forums' documents as they stand now, and as files. */
export class Outcomes {
  readonly #storage: Pick<Storage, 'people'>;
  readonly #documents: Pick<Documents, 'outcome'>;
  readonly #exports = new Exports();

  constructor(storage: Pick<Storage, 'people'>, documents: Pick<Documents, 'outcome'>) {
    this.#storage = storage;
    this.#documents = documents;
  }

  /** What a page shows of it, and the mark by which it can be asked whether there is something new. */
  async page(forum: Forum): Promise<OutcomeBeginning & { mark: string }> {
    const { contents, mark } = await this.#outcome(forum);
    return { ...(JSON.parse(contents.beginning) as OutcomeBeginning), mark };
  }

  /** Another one when anything in the document changed. */
  async mark(forum: Forum): Promise<string> {
    return (await this.#outcome(forum)).mark;
  }

  /** The document as JSON in UTF-8, for whoever works on it elsewhere. */
  async json(forum: Forum): Promise<Uint8Array<ArrayBuffer>> {
    return (await this.#outcome(forum)).contents.json;
  }

  async assemble(forum: Forum): Promise<OutcomeDocument> {
    return JSON.parse(new TextDecoder().decode(await this.json(forum))) as OutcomeDocument;
  }

  /** The document as a file, made in a process of its own. Rejects with `ExportRefused`. */
  async export(forum: Forum, format: OutcomeFormat): Promise<ExportedFile> {
    const { extension, ...file } = await this.#exports.make(forum.id, await this.json(forum), format);
    return { ...file, filename: `${forum.slug}.${extension}` };
  }

  close(): void {
    this.#exports.close();
  }

  async #outcome(forum: Forum) {
    return this.#documents.outcome(forum, await this.#storage.people.ofForum(forum.id));
  }
}
