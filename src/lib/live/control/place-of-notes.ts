interface Thing {
  readonly top: number;
  readonly bottom: number;
  readonly isClock: boolean;
}

const CLOCK = 1_000; // buttons
const OFF = 8; // px; between a note and what it does not cover

/** How far down a window of `high` pixels a note of `note` pixels covers no clock, and no button or the fewest; the lowest of such places. */
export function placeOfNotes(high: number, note: number, things: readonly Thing[]): number {
  const covered = (from: number) =>
    things.reduce((sum, { top, bottom, isClock }) => {
      const isUnder = top < from + note && bottom > from;
      return isUnder ? sum + (isClock ? CLOCK : 1) : sum;
    }, 0);
  const lowest = high - note - 2 * OFF;
  const between = things.flatMap(({ top, bottom }) => [top - note - OFF, bottom + OFF]);
  const places = [lowest, 2 * OFF, ...between].filter((from) => from >= OFF && from <= lowest);
  places.sort((a, b) => b - a);
  return places.reduce((best, from) => (covered(from) < covered(best) ? from : best), places[0] ?? OFF);
}

/** Of the notes themselves: what holds them may be as high as the window. */
export function heightOfNotes(notes: Element): number {
  const [first, last] = [notes.firstElementChild, notes.lastElementChild];
  return first && last ? last.getBoundingClientRect().bottom - first.getBoundingClientRect().top : 0;
}

/** As the page stands. */
export function placeNow(notes: Element, page: Element): number {
  const things = [...page.querySelectorAll('[role=timer], button, input, select, a, summary, .bar')].map((thing) => {
    const { top, bottom } = thing.getBoundingClientRect();
    return { top, bottom, isClock: thing.role === 'timer' || thing.matches('.bar') };
  });
  return placeOfNotes(innerHeight, heightOfNotes(notes), things);
}
