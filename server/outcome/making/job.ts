import type { ExportNote } from '#domain/outcome/export-note.ts';
import type { Part } from '../render/leave-out.ts';
import type { OutcomeFormat } from '../render/render.ts';

/** What goes to the process that makes files, and what comes back. The document is its JSON in UTF-8. */
export interface MakeJob {
  readonly id: number;
  readonly json: Uint8Array;
  readonly format: OutcomeFormat;
  /** Of the document; all of it where there is none. */
  readonly part?: Part;
  /** Of the processor, where it has less than any file may take. */
  readonly seconds?: number;
}
export interface MadeFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly mime: string;
  /** Without a dot in front. */
  readonly extension: string;
  readonly notes: readonly ExportNote[];
  /** How many texts the whole document has, where a part was asked for. */
  readonly texts?: number;
}
export type MakeDone =
  | { readonly id: number; readonly kind: 'made'; readonly file: MadeFile }
  /** `error` is what may be logged: a kind and a place in the program, never what people wrote. */
  | {
      readonly id: number;
      readonly kind: 'failed';
      readonly error: { readonly name: string; readonly stack?: string };
    };
