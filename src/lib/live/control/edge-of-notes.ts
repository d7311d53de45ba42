interface Thing {
  readonly top: number;
  readonly bottom: number;
  readonly isClock: boolean;
}

const CLOCK = 1_000; // buttons

/** The edge of the window, `high` pixels, at which notes of `note` pixels cover no clock, and the fewer buttons. */
export function edgeOfNotes(high: number, note: number, things: readonly Thing[]): 'top' | 'bottom' {
  const covered = (from: number, to: number) =>
    things.reduce((sum, { top, bottom, isClock }) => {
      const isUnder = top < to && bottom > from;
      return isUnder ? sum + (isClock ? CLOCK : 1) : sum;
    }, 0);
  return covered(0, note) < covered(high - note, high) ? 'top' : 'bottom';
}

/** As the page stands. */
export function edgeNow(notes: Element, page: Element): 'top' | 'bottom' {
  const things = [...page.querySelectorAll('[role=timer], button, a.button')].map((thing) => {
    const { top, bottom } = thing.getBoundingClientRect();
    return { top, bottom, isClock: thing.role === 'timer' };
  });
  return edgeOfNotes(innerHeight, notes.getBoundingClientRect().height + MARGIN, things);
}

const MARGIN = 24; // px; notes stand a little off the edge
