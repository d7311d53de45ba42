import type { OutcomeDocument } from '#domain/outcome/document.ts';
import { mapTexts } from '#domain/outcome/texts.ts';
import { familyCoverages } from '../fonts/families.ts';
import { withKnownSigns } from '../fonts/signs.ts';
import { loadTypesetter, type Typesetter } from '../pdf/typeset.ts';
import type { Notes } from './notes.ts';
import { pdfData } from './pdf-data.ts';

/** The typesetter refuses the document. Its own words may quote people's, so they stay behind. */
export class TypesetError extends Error {
  override name = 'TypesetError';
}

/**
 * A tagged PDF (PDF/UA-1) with its fonts in it. Signs that no font has are replaced in sight; where the typesetter does not
 * take the tags, the text is worth more than they are.
 */
export async function renderPdf(
  document: OutcomeDocument,
  notes: Notes,
  load: () => Promise<Typesetter> = loadTypesetter,
): Promise<Uint8Array<ArrayBuffer>> {
  const fonts = await familyCoverages();
  const typesetter = await load();
  const shown = mapTexts(document, (text, place) => withKnownSigns(text, fonts, (code) => notes.replaced(place, code)));
  const data = pdfData(shown, fonts);
  const tagged = typesetter(data, 'ua-1');
  if (tagged.kind === 'made') return tagged.bytes;
  const plain = typesetter(data, 'none');
  if (plain.kind === 'refused') throw new TypesetError();
  notes.add({ kind: 'tagsMissing' });
  return plain.bytes;
}
