import { isOurs } from '#protocol/mark.ts';

/** What answers at the server's address: the server, somebody else (a hall's sign-in page, say), or nobody. */
export type Reach = 'server' | 'stranger' | 'nobody';

export const PROBE = '/healthz';
const PATIENCE = 6_000; // ms
/** A proxy's own word that the server behind it is away. */
const AWAY = new Set([502, 503, 504]);

/** Asks past every cache. */
export async function reach(ask: typeof fetch = fetch): Promise<Reach> {
  const asking = new AbortController(); // `AbortSignal.timeout` is missing where it is needed most: in old phones
  const timer = setTimeout(() => asking.abort(), PATIENCE);
  try {
    const answer = await ask(PROBE, {
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'manual',
      signal: asking.signal,
    });
    if (isOurs(answer)) return 'server';
    return AWAY.has(answer.status) ? 'nobody' : 'stranger';
  } catch {
    return 'nobody';
  } finally {
    clearTimeout(timer);
  }
}
