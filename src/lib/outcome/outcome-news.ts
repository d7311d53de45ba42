import * as v from 'valibot';

const Answer = v.object({ mark: v.nullable(v.string()) });

/** Whether the server's outcome is another one than the page shows. False when nobody can say: the page stays as it is. */
export async function hasNews(slug: string, shown: string | null, fetcher: typeof fetch = fetch): Promise<boolean> {
  try {
    const response = await fetcher(`/api/forums/${encodeURIComponent(slug)}/outcome-mark`, { cache: 'no-store' });
    return response.ok && v.parse(Answer, await response.json()).mark !== shown;
  } catch {
    return false;
  }
}
