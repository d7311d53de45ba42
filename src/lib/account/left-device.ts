import { forgetPages } from '#lib/shell/kept-pages.ts';
import { tellOtherTabs } from './left-channel.ts';

const COPIES = 'sync:';
/** A tab that does not let go of its copy must not keep somebody from leaving. */
const PATIENCE = 2_000; // ms

/** Whether changes are on this device only, in copies of boards of whoever used it. */
export function isUnsavedHere(storage: Pick<Storage, 'length' | 'key' | 'getItem'>): boolean {
  for (let at = 0; at < storage.length; at += 1) {
    const key = storage.key(at);
    if (key?.startsWith(COPIES) && isUnsavedIn(storage.getItem(key))) return true;
  }
  return false;
}

/** Anything may stand there: what is not a count is none. */
function isUnsavedIn(stored: string | null): boolean {
  try {
    const kept = JSON.parse(stored ?? 'null') as { unsaved?: Record<string, unknown>; drafts?: { edits?: unknown }[] };
    const drafts = Array.isArray(kept?.drafts) ? kept.drafts.map((draft) => draft?.edits) : [];
    const counts = [...Object.values(kept?.unsaved ?? {}), ...drafts];
    return counts.some((count) => Number.isSafeInteger(count) && Number(count) > 0);
  } catch {
    return false;
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

function dropDatabase(name: string): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, PATIENCE);
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => resolve();
  });
}
