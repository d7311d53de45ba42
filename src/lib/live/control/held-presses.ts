import type { Attachment } from 'svelte/attachments';

/** A press on what cannot be pressed now does nothing. `say`: why, where that is not plain to see. */
export const heldPresses =
  (say: () => void): Attachment<HTMLElement> =>
  (element) => {
    const press = (event: MouseEvent) => {
      if (!(event.target as Element).closest('button[aria-disabled=true]')) return;
      event.preventDefault();
      event.stopPropagation();
      say();
    };
    element.addEventListener('click', press, true);
    return () => element.removeEventListener('click', press, true);
  };
