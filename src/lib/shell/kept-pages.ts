/** Name of the browser cache with pages kept for reading without a network; the service worker fills it. */
export const KEPT_PAGES = 'dastarkhan-pages';

/** Whoever signs out leaves no page of theirs on the device. */
export async function forgetPages(): Promise<void> {
  if ('caches' in globalThis) await caches.delete(KEPT_PAGES);
}
