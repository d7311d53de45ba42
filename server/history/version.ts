import type { SeatId } from '#domain/ids.ts';
import type { RowMark, Version } from '#server/storage/ports.ts';

const PAUSE = 2 * 60_000; // ms without an edit that end a version
const LONGEST = 5 * 60_000; // ms of writing in one version
export const MOST_KEPT = 60; // of one document

/**
 * A document's versions, oldest first. `kept` are the ones with bytes of their own; a kept one among the rows is a cut that was made
 * there (before a restore). Writing that went on after the rows of a version were compacted away still belongs to it,
 * so that compaction never shows in the list.
 */
export function versionsOf(kept: readonly Version[], rows: readonly RowMark[]): Version[] {
  const first = rows[0]?.seq ?? Infinity;
  const versions = kept.filter(({ seq }) => seq < first);
  const cuts = new Set(kept.filter(({ isBeforeRestore }) => isBeforeRestore).map(({ seq }) => seq));
  for (const row of rows) {
    const last = versions.at(-1);
    const isBeforeRestore = cuts.has(row.seq);
    if (last && goesOn(last, row)) versions[versions.length - 1] = { ...grown(last, row), isBeforeRestore };
    else versions.push({ seq: row.seq, from: row.at, at: row.at, seats: [row.seat], isBeforeRestore });
  }
  return versions;
}

function goesOn({ isBeforeRestore, from, at }: Version, row: RowMark): boolean {
  return !isBeforeRestore && row.at - at < PAUSE && row.at - from < LONGEST;
}

function grown(version: Version, { seq, at, seat }: RowMark): Version {
  const seats: readonly (SeatId | null)[] = version.seats.includes(seat) ? version.seats : [...version.seats, seat];
  return { ...version, seq, at, seats };
}

/**
 * The versions that stay when there are too many: the first, the last and those from before a restore, and of the others such that
 * what is left lies evenly in time. When restores alone are too many, the oldest of them go.
 */
export function thinned(versions: readonly Version[], most = MOST_KEPT): Version[] {
  const left = [...versions];
  while (left.length > most) {
    const inner = left.slice(1, -1).map((version, index) => ({ version, index: index + 1 }));
    const plain = inner.filter(({ version }) => !version.isBeforeRestore);
    const gap = (index: number) => left[index + 1]!.at - left[index - 1]!.at;
    const [least = inner[0]] = plain.toSorted((a, b) => gap(a.index) - gap(b.index));
    if (!least) break;
    left.splice(least.index, 1);
  }
  return left;
}
