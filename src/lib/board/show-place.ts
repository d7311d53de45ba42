/** Scrolls there, smoothly where people want motion. The bars above and below are left out by `scroll-margin`. */
export function showPlace(place: Element, block: ScrollLogicalPosition): void {
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
  place.scrollIntoView({ block, behavior: isStill ? 'instant' : 'smooth' });
}

/** Whether it is seen whole, between what covers the page's edges; or how many screens away it is. */
export function screensAway(place: Element): number {
  const { top, bottom } = place.getBoundingClientRect();
  const edges = [document.querySelector('header'), document.querySelector('.below')].map(
    (bar) => bar?.getBoundingClientRect() ?? null,
  );
  const above = Math.max(0, edges[0]?.bottom ?? 0);
  const below = Math.min(innerHeight, edges[1]?.top ?? innerHeight);
  const outside = Math.max(above - top, bottom - below, 0);
  return outside / innerHeight;
}
