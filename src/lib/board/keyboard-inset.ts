const LEAST = 80; // px; toolbars that come and go are lower, keyboards higher

/**
 * Keeps `--keyboard` at the height that a keyboard on the screen takes from the page without making the window smaller: Safari's way.
 * Where `interactive-widget` is known the window is smaller and this is 0. Returns how to stop.
 */
export function followKeyboard(): () => void {
  const seen = window.visualViewport;
  if (!seen) return () => undefined;
  const root = document.documentElement;
  let { width, height } = seen;
  const follow = () => {
    // Who has zoomed in with two fingers sees a part of the page, and no bar follows that.
    const covered = seen.scale > 1.01 ? 0 : innerHeight - seen.height - seen.offsetTop;
    root.style.setProperty('--keyboard', `${covered > LEAST ? Math.round(covered) : 0}px`);
    if (seen.height < height || seen.width !== width) keepInSight();
    ({ width, height } = seen);
  };
  follow();
  seen.addEventListener('resize', follow);
  seen.addEventListener('scroll', follow);
  return () => {
    seen.removeEventListener('resize', follow);
    seen.removeEventListener('scroll', follow);
    root.style.removeProperty('--keyboard');
  };
}

/** The line that is written in stays in sight when the window gets lower or is turned: not every browser scrolls there by itself. */
function keepInSight(): void {
  const field = document.activeElement;
  if (!field?.matches('[contenteditable=true], textarea, input')) return;
  const caret = field.matches('textarea, input') ? field : getSelection()?.focusNode;
  const line = caret instanceof Element ? caret : caret?.parentElement;
  if (line && field.contains(line)) line.scrollIntoView({ block: 'nearest' });
}

/** Keeps `--below` at the height of the bar at the page's foot, whatever it says: notes rise above it, and what is scrolled to. */
export function tellHeight(bar: HTMLElement): () => void {
  const root = document.documentElement;
  const observer = new ResizeObserver(() => root.style.setProperty('--below', `${bar.offsetHeight}px`));
  observer.observe(bar);
  return () => {
    observer.disconnect();
    root.style.removeProperty('--below');
  };
}
