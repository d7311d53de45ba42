import { tick } from 'svelte';
import { domIdOf } from './dom-id.ts';
import type { HeldPlace } from './held-place.ts';

const STILL = 60; // frames; what is said about the change comes above the place, some of it a moment later

/**
 * The document is replaced under somebody's hands: everything stays where it was. Called while the board before is on the screen;
 * returns what is done once the next one is.
 */
export function stayThere(place: HeldPlace): () => void {
  const { item, isComposing } = place;
  if (!item && !isComposing) return () => {};
  const element = item && domIdOf(item);
  const topOf = () => document.getElementById(element ?? '')?.getBoundingClientRect().top ?? 0;
  const before = element ? topOf() : scrollY;
  return () => {
    // the board before this one has let go of it by now, and the next may come as soon
    place.item = item;
    const field = document.querySelector<HTMLElement>(element ? `#${CSS.escape(element)}` : 'main .below textarea');
    field?.focus({ preventScroll: true });
    void tick().then(() => (element ? stay(STILL) : scrollTo({ top: before, behavior: 'instant' })));
  };

  function stay(frames: number): void {
    if (!document.getElementById(element ?? '')?.contains(document.activeElement)) return;
    scrollBy({ top: topOf() - before, behavior: 'instant' });
    if (frames > 0) requestAnimationFrame(() => stay(frames - 1));
  }
}
