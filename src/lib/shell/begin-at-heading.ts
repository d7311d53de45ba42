/** Whoever comes to a page begins where it does, and hears what it is about. A field that has the focus, or wants it, keeps it. */
export function beginAtHeading(main: HTMLElement): void {
  if (location.hash !== '' || main.querySelector(':focus, [autofocus]')) return;
  const start = main.querySelector<HTMLElement>('[data-begins], h1');
  start?.setAttribute('tabindex', '-1');
  start?.focus({ preventScroll: true });
}

/** By a link or a form of ours, or back; what was opened anew begins as browsers do it. */
export function isFromHere(): boolean {
  const [way] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (way?.type === 'back_forward') return true;
  return way?.type === 'navigate' && document.referrer.startsWith(`${location.origin}/`);
}
