import { forgetPages } from '#lib/shell/kept-pages.ts';

const COPIES = 'sync:';
/** Other tabs of this browser hear of it and go to the front page: an open copy cannot be deleted. */
const CHANNEL = 'dastarkhan-left';
/** A channel hears what another one in the same page says, too. */
const THIS_TAB = Math.random().toString(36);
/** A tab that does not let go of its copy must not keep somebody from leaving. */
const PATIENCE = 2_000; // ms

/** Changes that are on this device only, in copies of boards of whoever used it. */
export function unsavedHere(storage: Pick<Storage, 'length' | 'key' | 'getItem'>): number {
  let unsaved = 0;
  for (let at = 0; at < storage.length; at += 1) {
    const key = storage.key(at);
    if (key?.startsWith(COPIES)) unsaved += unsavedIn(storage.getItem(key));
  }
  return unsaved;
}

/** Anything may stand there: what is not a count is none. */
function unsavedIn(stored: string | null): number {
  try {
    const kept = JSON.parse(stored ?? 'null') as { unsaved?: Record<string, unknown>; drafts?: { edits?: unknown }[] };
    const drafts = Array.isArray(kept?.drafts) ? kept.drafts.map((draft) => draft?.edits) : [];
    const counts = [...Object.values(kept?.unsaved ?? {}), ...drafts];
    return counts.reduce<number>(
      (sum, count) => sum + (Number.isSafeInteger(count) && Number(count) > 0 ? Number(count) : 0),
      0,
    );
  } catch {
    return 0;
  }
}

/** Takes copies, drafts, kept pages and everything else of ours from this browser. Any store may be closed to us: the others are emptied. */
export async function wipeDevice(): Promise<void> {
  tellOtherTabs();
  for (const storage of ['localStorage', 'sessionStorage'] as const) {
    try {
      globalThis[storage].clear();
    } catch {
      // Forbidden by the browser: then nothing was kept there either.
    }
  }
  const databases = await indexedDB.databases?.().catch(() => []);
  await Promise.all((databases ?? []).flatMap(({ name }) => (name ? [dropDatabase(name)] : [])));
  await forgetPages().catch(() => undefined);
}

/** Calls when somebody left this browser from another tab; returns how to stop. */
export function onLeft(left: () => void): () => void {
  if (!('BroadcastChannel' in globalThis)) return () => undefined;
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', ({ data }) => data !== THIS_TAB && left());
  return () => channel.close();
}

function tellOtherTabs(): void {
  if (!('BroadcastChannel' in globalThis)) return;
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(THIS_TAB);
  channel.close();
}

function dropDatabase(name: string): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, PATIENCE);
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => resolve();
  });
}
