import type { OutcomeDocument } from '#domain/outcome/document.ts';
import { outcomeLabels } from '#domain/outcome/labels.ts';
import { mapTexts, type Place } from '#domain/outcome/texts.ts';

const MOST = 8; // A document of which more is refused is refused for another reason.

/**
 * Makes something of a document that was refused as a whole: finds the texts that the renderer stumbles over, by halves, and
 * says in their place that they are missing. Throws what the renderer threw when it refuses the document without any text.
 */
export async function leaveOut<T>(
  document: OutcomeDocument,
  attempt: (part: OutcomeDocument) => Promise<T>,
): Promise<{ value: T; places: readonly Place[] }> {
  const words = `[${outcomeLabels(document.language).labels.unprintable}]`;
  const places: Place[] = [];
  mapTexts(document, (text, place) => (places.push(place), text));
  const left = new Set<number>();
  /** With the first `count` texts; the others are a dash. */
  const withFirst = (count: number) => {
    let index = -1;
    return attempt(
      mapTexts(document, (text) => {
        index += 1;
        return left.has(index) ? words : index < count ? text : '–';
      }),
    );
  };
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
