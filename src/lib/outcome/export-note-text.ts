import type { ExportNote } from '#domain/outcome/export-note.ts';
import { unreachable } from '#domain/unreachable.ts';
import type { Translate } from '#lib/i18n/text.ts';

/** What a file lacks, as a sentence. */
export function exportNoteText(t: Translate, note: ExportNote): string {
  switch (note.kind) {
    case 'signsReplaced':
      return t('outcome.note_signsReplaced', { count: note.count, place: note.place, signs: note.signs.join(', ') });
    case 'textShortened':
      return t('outcome.note_textShortened', { place: note.place, most: note.most });
    case 'textLeftOut':
      return t('outcome.note_textLeftOut', { place: note.place });
    case 'tagsMissing':
      return t('outcome.note_tagsMissing');
    default:
      return unreachable(note);
  }
}
