import type { OutcomeDocument } from '#domain/outcome/document.ts';
import { outcomeLabels } from '#domain/outcome/labels.ts';
import { mapTexts, type Place } from '#domain/outcome/texts.ts';
import type { Coverage } from '../fonts/coverage.ts';
import { familyCoverages } from '../fonts/families.ts';
import { withKnownSigns } from '../fonts/signs.ts';
import { loadTypesetter, type Typeset, type Typesetter } from '../pdf/typeset.ts';
import type { Notes } from './notes.ts';
import { pdfData } from './pdf-data.ts';
import { RenderError } from './render-error.ts';

/**
 * A tagged PDF (PDF/UA-1) with its fonts in it. What the typesetter does not take is left out rather than the whole file:
 * signs first, then the tags, then single texts, each in sight and noted.
 */
export async function renderPdf(
  document: OutcomeDocument,
  notes: Notes,
  load: () => Promise<Typesetter> = loadTypesetter,
): Promise<Uint8Array<ArrayBuffer>> {
  const fonts = await familyCoverages();
  const typesetter = await load();
  const shown = mapTexts(document, (text, place) => withKnownSigns(text, fonts, (code) => notes.replaced(place, code)));
  const tagged = typesetter(pdfData(shown, fonts), 'ua-1');
  if (tagged.kind === 'made') return tagged.bytes;
  notes.add({ kind: 'tagsMissing' });
  const plain = typesetter(pdfData(shown, fonts), 'none');
  if (plain.kind === 'made') return plain.bytes;
  return withoutRefused(shown, fonts, notes, typesetter);
}

const MOST_LEFT_OUT = 8; // A document of which more is refused is refused for another reason.

/** Finds the texts that the typesetter stumbles over, by halves, and says in their place that they are missing. */
function withoutRefused(
  document: OutcomeDocument,
  fonts: readonly Coverage[],
  notes: Notes,
  typesetter: Typesetter,
): Uint8Array<ArrayBuffer> {
  const words = `[${outcomeLabels(document.language).labels.unprintable}]`;
  const places: Place[] = [];
  mapTexts(document, (text, place) => (places.push(place), text));
  const left = new Set<number>();
  /** Typesets the first `count` texts; the others are a dash. */
  const firstTexts = (count: number): Typeset => {
    let index = -1;
    const part = mapTexts(document, (text) => {
      index += 1;
      return left.has(index) ? words : index < count ? text : '–';
    });
    return typesetter(pdfData(part, fonts), 'none');
  };
  for (;;) {
    const whole = firstTexts(places.length);
    if (whole.kind === 'made') return whole.bytes;
    if (left.size === MOST_LEFT_OUT || firstTexts(0).kind === 'refused') throw new RenderError(whole.problem);
    let [good, bad] = [0, places.length];
    while (bad - good > 1) {
      const middle = (good + bad) >>> 1;
      if (firstTexts(middle).kind === 'made') good = middle;
      else bad = middle;
    }
    left.add(bad - 1);
    notes.add({ kind: 'textLeftOut', place: places[bad - 1] ?? '' });
  }
}
