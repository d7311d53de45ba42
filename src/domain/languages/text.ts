import type { Language } from './language.ts';

/** What a person wrote, and in which language: `dir` follows from `lang` (see `directionOf`). */
export interface Text {
  readonly text: string;
  readonly lang: Language;
}

/** A stretch of text with one set of marks. `href` is http, https or mailto. */
export interface Run {
  readonly text: string;
  readonly strong?: true;
  readonly em?: true;
  readonly href?: string;
}

export interface Paragraph {
  readonly kind: 'paragraph';
  readonly lang: Language;
  readonly runs: readonly Run[];
}

export interface List {
  readonly kind: 'list';
  readonly lang: Language;
  readonly items: readonly (readonly Run[])[];
}

/** The whole of what rich text may hold: items, preamble and closing use it, and so does every export. */
export type Block = Paragraph | List;

const SEEN = /[^\s\p{Cc}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/u;
/** True where nobody would see a sign: white space, control characters and marks without width. */
export const isBlank = (text: string): boolean => !SEEN.test(text);

export const textOfRuns = (runs: readonly Run[]): string => runs.map((run) => run.text).join('');

export function textOfBlocks(blocks: readonly Block[]): string {
  return blocks
    .flatMap((block) => (block.kind === 'paragraph' ? [block.runs] : block.items))
    .map(textOfRuns)
    .join('\n');
}
