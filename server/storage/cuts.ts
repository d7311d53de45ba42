import * as v from 'valibot';
import type { SeatId } from '#domain/ids.ts';
import { STEP_KINDS } from '#domain/script/step.ts';

const seat = v.custom<SeatId>((value) => typeof value === 'string');
const step = v.picklist(STEP_KINDS);
const count = v.number();

/** Why a version ends where nobody paused. */
const Cut = v.variant('kind', [
  v.object({ kind: v.literal('stepBegan'), step }),
  v.object({ kind: v.literal('timeUp'), step }),
  v.object({ kind: v.literal('closed') }),
  /** Right after it, within a while, so many items were deleted or merged away. Both may be 0: then most of the text went. */
  v.object({ kind: v.literal('deletion'), deleted: count, merged: count }),
  /** Somebody wanted it kept. `name` may be empty. */
  v.object({ kind: v.literal('kept'), name: v.string(), by: seat, at: count }),
  /** It was kept, and is no more: it ends here still, and goes as those from pauses do. */
  v.object({ kind: v.literal('letGo') }),
]);
export type Cut = v.InferOutput<typeof Cut>;
export type Kept = Extract<Cut, { kind: 'kept' }>;

export const keptIn = (cuts: readonly Cut[]): Kept | undefined => cuts.find((cut) => cut.kind === 'kept');

/** Equal cuts are written alike. Null for none: most versions end in a pause. */
export const writtenCuts = (cuts: readonly Cut[]): string | null =>
  cuts.length > 0 ? JSON.stringify(cuts.map((cut) => v.parse(Cut, cut))) : null;

/** What cannot be read is left out: the version is one all the same. */
export function readCuts(written: string | null): Cut[] {
  if (written === null) return [];
  try {
    const entries: unknown = JSON.parse(written);
    return Array.isArray(entries) ? entries.flatMap((entry) => read(entry) ?? []) : [];
  } catch {
    return [];
  }
}

function read(entry: unknown): Cut | null {
  const parsed = v.safeParse(Cut, entry);
  return parsed.success ? parsed.output : null;
}
