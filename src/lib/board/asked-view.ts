import type { WorkshopId } from '#domain/ids.ts';
import type { WorkshopView } from '#domain/workshop/view.ts';

const ANSWERS_WITHIN = 10_000; // ms

/** A workshop as the server shows it over http. `gone`: this browser has no seat there any more; `ended`: it was a rehearsal. Null: there was no such answer. */
export async function askedView(slug: string, workshop: WorkshopId): Promise<WorkshopView | 'gone' | 'ended' | null> {
  const answer = await fetch(`/api/forums/${slug}/workshops/${workshop}/view`, {
    cache: 'no-store',
    signal: AbortSignal.timeout(ANSWERS_WITHIN),
  });
  // a proxy, a hotel's sign-in page or a server in trouble answers in other ways
  if (answer.status === 410) return 'ended';
  if ([401, 403, 404].includes(answer.status)) return 'gone';
  if (!answer.ok) return null;
  const { view } = (await answer.json()) as { view?: WorkshopView };
  return view ?? null;
}
