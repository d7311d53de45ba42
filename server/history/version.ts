import type { SeatId } from '#domain/ids.ts';
import { LIMITS } from '#domain/limits.ts';
import { keptIn } from '#server/storage/cuts.ts';
import type { RowMark, Version } from '#server/storage/ports/versions.ts';

const PAUSE = 2 * 60_000; // ms without an edit that end a version
const LONGEST = 5 * 60_000; // ms of writing in one version

/**
 * A document's versions, oldest first. `kept` are the ones with bytes of their own; a kept one among the rows is a cut that was made
 * there (before a restore, or for what its `cuts` say). Writing that went on after the rows of a version were compacted away still belongs to it,
 * so that compaction never shows in the list.
 */
export function versionsOf(kept: readonly Version[], rows: readonly RowMark[]): Version[] {
  const first = rows[0]?.seq ?? Infinity;
  const versions = kept.filter(({ seq }) => seq < first);
  const cut = new Map(kept.filter(isCut).map((version) => [version.seq, version]));
  for (const row of rows) {
    const last = versions.at(-1);
    const { isBeforeRestore = false, cuts = [] } = cut.get(row.seq) ?? {};
    if (last && goesOn(last, row)) versions[versions.length - 1] = { ...grown(last, row), isBeforeRestore, cuts };
    else versions.push({ seq: row.seq, from: row.at, at: row.at, seats: [row.seat], isBeforeRestore, cuts });
  }
  return versions;
}

const isCut = ({ isBeforeRestore, cuts }: Version): boolean => isBeforeRestore || cuts.length > 0;

function goesOn(version: Version, row: RowMark): boolean {
  return !isCut(version) && row.at - version.at < PAUSE && row.at - version.from < LONGEST;
}

function grown(version: Version, { seq, at, seat }: RowMark): Version {
  const seats: readonly (SeatId | null)[] = version.seats.includes(seat) ? version.seats : [...version.seats, seat];
  return { ...version, seq, at, seats };
}

/**
 * The versions that stay when there are too many. The first, the last and those that somebody wanted kept always do. Of the others those
 * go first that end in a pause, then those at steps and before deletions, and of each such that what is left lies evenly in time; of
 * those from before a restore the oldest go.
 */
export function thinned(versions: readonly Version[], most: number = LIMITS.versionsOfBoard.most): Version[] {
  const left = [...versions];
  while (left.length > most) {
    const inner = left.slice(1, -1).map((version, index) => ({ worth: worthOf(version), index: index + 1 }));
    const least = Math.min(...inner.map(({ worth }) => worth));
    if (inner.length === 0 || least === WANTED) break;
    const candidates = inner.filter(({ worth }) => worth === least);
    const gap = (index: number) => left[index + 1]!.at - left[index - 1]!.at;
    const inTurn = least === FOR_RESTORE ? candidates : candidates.toSorted((a, b) => gap(a.index) - gap(b.index));
    left.splice(inTurn[0]!.index, 1);
  }
  return left;
}

const FOR_RESTORE = 2;
const WANTED = 3;

function worthOf({ isBeforeRestore, cuts }: Version): number {
  if (keptIn(cuts)) return WANTED;
  if (isBeforeRestore) return FOR_RESTORE;
  return cuts.some(({ kind }) => kind !== 'letGo') ? 1 : 0;
}
