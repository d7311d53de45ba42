const LEAST = 80; // px; toolbars that come and go are lower, keyboards higher

/**
 * Keeps `--keyboard` at the height that a keyboard on the screen takes from the page without making the window smaller: Safari's way.
 * Where `interactive-widget` is known the window is smaller and this is 0. Returns how to stop.
 */
export function followKeyboard(): () => void {
  const seen = window.visualViewport;
  if (!seen) return () => undefined;
  const root = document.documentElement;
  const follow = () => {
    // Who has zoomed in with two fingers sees a part of the page, and no bar follows that.
    const covered = seen.scale > 1.01 ? 0 : innerHeight - seen.height - seen.offsetTop;
    root.style.setProperty('--keyboard', `${covered > LEAST ? Math.round(covered) : 0}px`);
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
