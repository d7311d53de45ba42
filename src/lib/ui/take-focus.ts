import { untrack } from 'svelte';

/** For `{@attach}`: takes the focus once. Whoever hears of it may read what changes later, and that must not ask for the focus again. */
export const takeFocus = (node: HTMLElement): void => untrack(() => node.focus());

/** The same for a field whose text is to be replaced or kept as a whole. */
export const takeSelected = (field: HTMLInputElement): void =>
  untrack(() => {
    field.focus();
    field.select();
  });
