import type { SeatId, WorkshopId } from '#domain/ids.ts';
import type { Parts } from '#domain/workshop/parts.ts';
import type { HeardQuestion, RunningPart } from '#protocol/live/down.ts';
import { LIVE_PROTOCOL_VERSION } from '#protocol/live/version.ts';
import type { PageStorage } from '#lib/sync/page-storage.ts';

/** What a workshop was like, as this device was told. `now`: the server's time then. */
export interface LiveThen {
  readonly now: number;
  readonly parts: Parts;
  readonly running: RunningPart;
  readonly questions: readonly HeardQuestion[];
}

const MOST = 200_000; // characters; the board needs the place more, and a step has 300 questions at most
const keyOf = (workshop: WorkshopId, seat: SeatId) => `live/${workshop}/${seat}`;

/** A page that is opened again without a network shows this; what was kept in other words (by an earlier version) is forgotten. */
export function keepLive(storage: PageStorage, seat: SeatId, then: LiveThen): void {
  const kept = (questions: LiveThen['questions']) =>
    JSON.stringify({ ...then, questions, protocol: LIVE_PROTOCOL_VERSION });
  const whole = kept(then.questions);
  try {
    storage.setItem(keyOf(then.parts.shared.workshop, seat), whole.length <= MOST ? whole : kept([]));
  } catch {
    // full, or forbidden: such a page shows what it was rendered with
  }
}

/** Null: nothing. */
export function keptLive(storage: PageStorage, workshop: WorkshopId, seat: SeatId): LiveThen | null {
  try {
    const kept = JSON.parse(storage.getItem(keyOf(workshop, seat)) ?? 'null') as
      (LiveThen & { readonly protocol?: unknown }) | null;
    return kept && kept.protocol === LIVE_PROTOCOL_VERSION && kept.parts.shared.workshop === workshop ? kept : null;
  } catch {
    return null;
  }
}
