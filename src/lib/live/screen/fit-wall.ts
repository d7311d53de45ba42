const STEPS = 6; // a sixty-fourth of the way is not seen from any row

/** The largest share between 0 and 1 that fits; 0 where none does. */
export function largestShare(fits: (share: number) => boolean): number {
  if (fits(1)) return 1;
  let [least, most] = [0, 1];
  for (let step = 0; step < STEPS; step += 1) {
    const middle = (least + most) / 2;
    if (fits(middle)) least = middle;
    else most = middle;
  }
  return least;
}

/**
 * Nobody scrolls a wall: what is written on it is as large as there is room (`--fit` from 0, its smallest, to 1), and what has no
 * room at its smallest ends with dots. It stands whole on everybody's own page.
 */
export function fitWall(wall: HTMLElement): () => void {
  // not by `scrollHeight`: a line that is lower than its letters would never fit
  const beyond = () =>
    (wall.lastElementChild?.getBoundingClientRect().bottom ?? 0) - wall.getBoundingClientRect().bottom - 0.5;
  const share = (value: number) => {
    wall.style.setProperty('--fit', String(value));
    return beyond() <= 0;
  };
  const fit = () => {
    const long = [...wall.querySelectorAll<HTMLElement>('[data-may-end]')];
    for (const one of long) one.style.removeProperty('-webkit-line-clamp');
    if (share(largestShare(share))) return;
    for (const one of long) {
      if (beyond() <= 0) return;
      const line = Number.parseFloat(getComputedStyle(one).lineHeight);
      const lines = Math.max(1, Math.floor((one.clientHeight - beyond()) / line));
      one.style.setProperty('-webkit-line-clamp', String(lines));
    }
  };
  let frame = 0;
  const soon = () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(fit);
  };
  const watch = new ResizeObserver(soon);
  for (const one of [wall, ...wall.children]) watch.observe(one);
  void document.fonts.ready.then(soon);
  return () => {
    cancelAnimationFrame(frame);
    watch.disconnect();
  };
}
