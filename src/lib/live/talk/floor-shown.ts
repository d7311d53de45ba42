import type { SeatId } from '#domain/ids.ts';
import type { Circle } from '#domain/workshop/talk/state.ts';
import type { HallTalk, OwnTalk } from '#domain/workshop/talk/view.ts';
import type { RunningPart } from '#protocol/live/down.ts';

/** Who speaks where somebody is, as their page shows it. */
export type FloorShown = Omit<OwnTalk, 'kind'>;

/**
 * Of the room, pair or group that is looked at, or of everybody; null where nobody sits whose turn it could be. `isLeading`: whoever looks runs the
 * workshop.
 */
export function floorShown(part: RunningPart, at: Circle, isLeading: boolean): FloorShown | null {
  if (part?.kind === 'ownTalk') {
    // whoever is moved sees the board of before until they go: another room's queue is not to be asked for there
    const isElsewhere = typeof part.circle === 'string' && typeof at === 'string' && part.circle !== at;
    return isElsewhere ? null : part;
  }
  if (part?.kind !== 'hallTalk') return null;
  const floor = part.floors.find(({ circle }) => circle === null || circle === at);
  if (!floor || (!part.isQueue && !floor.speaker && floor.line.length + floor.spoken.length === 0)) return null;
  return ofHall(part, floor, isLeading);
}

export function ofHall(talk: HallTalk, floor: HallTalk['floors'][number], isLeading: boolean): FloorShown {
  const { began, isQueue, seconds } = talk;
  const waiting = floor.line.length;
  return { began, isQueue, seconds, ...floor, waiting, before: null, mayPassOn: isLeading ? 'now' : null };
}

/** Whom the others wait for: who speaks, or who begins a round. */
export const firstOf = ({ speaker, isQueue, line }: FloorShown): SeatId | null =>
  speaker?.seat ?? (isQueue ? null : (line[0] ?? null));

/** Those in line behind whoever stands above it by name: who speaks, or who begins a round. */
export const behindFirst = ({ speaker, isQueue, line }: FloorShown): FloorShown['line'] =>
  speaker || isQueue ? line : line.slice(1);
