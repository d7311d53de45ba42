import type { OutcomeDocument } from '#domain/outcome/document.ts';
import { outcomeLabels } from '#domain/outcome/labels.ts';
import { mapTexts, type Place } from '#domain/outcome/texts.ts';

const MOST = 8; // A document of which more is refused is refused for another reason.

/** Which texts of a document are in a part of it, by their index in reading order; the others are a dash. */
export interface Part {
  readonly from: number;
  readonly to: number;
  /** Left out, with words in their place that say so. */
  readonly without: readonly number[];
}

export const placesOf = (document: OutcomeDocument): readonly Place[] => {
  const places: Place[] = [];
  mapTexts(document, (text, place) => (places.push(place), text));
  return places;
};

export function partOf(document: OutcomeDocument, { from, to, without }: Part): OutcomeDocument {
  const words = `[${outcomeLabels(document.language).labels.unprintable}]`;
  const left = new Set(without);
  let index = -1;
  return mapTexts(document, (text) => {
    index += 1;
    return left.has(index) ? words : index >= from && index < to ? text : '–';
  });
}

/**
 * Makes something of a document that was refused as a whole: finds the texts that the renderer stumbles over, by halves, and
 * says in their place that they are missing. Throws what the renderer threw when it refuses the document without any text.
 */
export async function leaveOut<T>(
  document: OutcomeDocument,
  attempt: (part: OutcomeDocument) => Promise<T>,
): Promise<{ value: T; places: readonly Place[] }> {
  const places = placesOf(document);
  const left = new Set<number>();
  const withFirst = (to: number) => attempt(partOf(document, { from: 0, to, without: [...left] }));
  const isTaken = (count: number) =>
    withFirst(count).then(
      () => true,
      () => false,
    );
  for (;;) {
    try {
      return { value: await withFirst(places.length), places: [...left].map((index) => places[index] ?? '') };
    } catch (error) {
      if (left.size === MOST || !(await isTaken(0))) throw error;
    }
    let [good, bad] = [0, places.length];
    while (bad - good > 1) {
      const middle = (good + bad) >>> 1;
      if (await isTaken(middle)) good = middle;
      else bad = middle;
    }
    left.add(bad - 1);
  }
}
