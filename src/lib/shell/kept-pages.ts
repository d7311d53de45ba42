/** Name of the browser cache with pages kept for reading without a network; the service worker fills it. */
export const KEPT_PAGES = 'dastarkhan-pages';

/** What a page asks the service worker for. */
export interface KeepPage {
  readonly kind: 'keepPage';
  readonly url: string;
  /** Scripts and styles that it has loaded since, which its HTML does not name. */
  readonly assets: readonly string[];
}

export function readKeepPage(data: unknown): KeepPage | null {
  if (typeof data !== 'object' || data === null || !('kind' in data) || data.kind !== 'keepPage') return null;
  const { url, assets } = data as Partial<Record<keyof KeepPage, unknown>>;
  if (typeof url !== 'string' || !Array.isArray(assets)) return null;
  return { kind: 'keepPage', url, assets: assets.filter((asset) => typeof asset === 'string') };
}

/** Whoever signs out leaves no page of theirs on the device. */
export async function forgetPages(): Promise<void> {
  if ('caches' in globalThis) await caches.delete(KEPT_PAGES);
}
