import type { ExportNote } from '#domain/outcome/export-note.ts';
import type { Refusal } from '#domain/refusal.ts';
import { NOTES_HEADER, readNotes } from './export-notes.ts';
import type { ExportFormat } from './formats.ts';

/** One file at a time on its way from the server to this device's downloads. */
export class ExportJob {
  readonly #slug: string;
  #making = $state<ExportFormat | null>(null);
  #failed = $state<ExportFormat | null>(null);
  #refusal = $state.raw<Refusal | null>(null);
  #done = $state<string | null>(null);
  #notes = $state.raw<readonly ExportNote[]>([]);

  constructor(slug: string) {
    this.#slug = slug;
  }

  get making(): ExportFormat | null {
    return this.#making;
  }
  get failed(): ExportFormat | null {
    return this.#failed;
  }
  /** Why it failed, where the server said so. */
  get refusal(): Refusal | null {
    return this.#refusal;
  }
  /** What the file lacks of the document. */
  get notes(): readonly ExportNote[] {
    return this.#notes;
  }
  /** Name of the file that was made last. */
  get done(): string | null {
    return this.#done;
  }

  url(format: ExportFormat): string {
    return `/api/forums/${this.#slug}/outcome.${format}`;
  }

  async run(format: ExportFormat): Promise<void> {
    if (this.#making) return;
    this.#making = format;
    this.#failed = null;
    this.#refusal = null;
    this.#done = null;
    this.#notes = [];
    try {
      const response = await fetch(this.url(format));
      if (!response.ok) {
        this.#refusal = await refusalOf(response);
        throw new Error(String(response.status));
      }
      const name = filenameOf(response.headers.get('content-disposition')) ?? `${this.#slug}.${format}`;
      save(await response.blob(), name);
      this.#notes = readNotes(response.headers.get(NOTES_HEADER));
      this.#done = name;
    } catch {
      this.#failed = format;
    } finally {
      this.#making = null;
    }
  }
}

/** Ours is JSON with a refusal; a proxy's is anything. */
async function refusalOf(response: Response): Promise<Refusal | null> {
  try {
    const { refusal } = (await response.json()) as { refusal?: Refusal };
    return refusal && EXPORT_REFUSALS.includes(refusal.kind) ? refusal : null;
  } catch {
    return null;
  }
}

const EXPORT_REFUSALS: readonly Refusal['kind'][] = ['exportsBusy', 'exportFailed', 'exportTooLarge'];

/** The name in `filename*` (RFC 8187), as our server always sends it. */
function filenameOf(disposition: string | null): string | null {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1];
  if (!encoded) return null;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return null;
  }
}

function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  // The browser reads the blob after the click; a minute is plenty.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
