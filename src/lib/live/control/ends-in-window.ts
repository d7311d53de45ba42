import type { Attachment } from 'svelte/attachments';

/** Tells a column that is scrolled by itself, as `--top` in px, where it begins in the window: it can end there wherever the page stands. */
export const endsInWindow: Attachment<HTMLElement> = (column) => {
  const look = () => column.style.setProperty('--top', `${Math.max(0, column.getBoundingClientRect().top)}px`);
  const watch = new ResizeObserver(look); // what stands over it grows and shrinks
  watch.observe(document.body);
  addEventListener('scroll', look, { passive: true });
  addEventListener('resize', look);
  look();
  return () => {
    watch.disconnect();
    removeEventListener('scroll', look);
    removeEventListener('resize', look);
  };
};
