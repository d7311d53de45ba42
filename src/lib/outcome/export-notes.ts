import * as v from 'valibot';
import type { ExportNote } from '#domain/outcome/export-note.ts';

/** The header by which a file says what it lacks of the document. */
export const NOTES_HEADER = 'dastarkhan-export-notes';
/** Proxies take some 8,000 bytes of header; who has more to know looks at the file. */
const MOST_NOTES = 40;
const MOST_SIGNS = 8;

const Place = v.pipe(v.string(), v.maxLength(40));
const NotesSchema = v.array(
  v.variant('kind', [
    v.object({ kind: v.literal('signsReplaced'), place: Place, signs: v.array(v.string()), count: v.number() }),
    v.object({ kind: v.literal('textShortened'), place: Place, most: v.number() }),
    v.object({ kind: v.literal('textLeftOut'), place: Place }),
    v.object({ kind: v.literal('tagsMissing') }),
  ]),
);

export const writeNotes = (notes: readonly ExportNote[]): string =>
  JSON.stringify(
    notes
      .slice(0, MOST_NOTES)
      .map((note) => (note.kind === 'signsReplaced' ? { ...note, signs: note.signs.slice(0, MOST_SIGNS) } : note)),
  );

export function readNotes(header: string | null): readonly ExportNote[] {
  try {
    return v.parse(NotesSchema, JSON.parse(header ?? '[]'));
  } catch {
    return [];
  }
}
