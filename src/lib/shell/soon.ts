/** What every page has a moment after it can be used, in one file. */
export { keepFocus } from '#lib/ui/keep-focus.ts';
export { default as ToastLayer } from '#lib/ui/ToastLayer.svelte';
