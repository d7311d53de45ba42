/** What every page has a moment after it can be used, in one file. */
export { keepFocus } from '#lib/ui/keep-focus.ts';
export { default as ToastNote } from '#lib/ui/ToastNote.svelte';
