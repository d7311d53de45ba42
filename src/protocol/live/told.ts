import type { SeatId } from '#domain/ids.ts';
import type { Parts, RoomPart, SharedPart } from '#domain/workshop/parts.ts';
import type { DownEvents, PersonAtTable } from './down.ts';

type Message<Part extends keyof DownEvents> = Parameters<DownEvents[Part]>[0];

/** What a client knows after it was told more; the same when what it was told is older. */
export function toldShared(parts: Parts, { version, changed }: Message<'shared'>): Parts {
  if (version < parts.version) return parts;
  const { rooms, seated, ...rest } = changed;
  const counts = [...parts.shared.seated];
  for (const [at, count] of seated ?? []) counts[at] = count;
  const shared: SharedPart = {
    ...parts.shared,
    ...rest,
    ...(rooms && { rooms: replaced(parts.shared.rooms, rooms) }),
    seated: counts,
  };
  return { ...parts, version, shared };
}

export const toldRooms = (parts: Parts, { version, rooms }: Message<'room'>): Parts =>
  version < parts.version ? parts : { ...parts, version, rooms: replaced<RoomPart>(parts.rooms, rooms) };

/** Rooms and what is for who runs the workshop come with it, or are not for this seat any more. */
export function toldMine({ control: _, ...parts }: Parts, message: Message<'mine'>): Parts {
  return { ...parts, ...message };
}

export const toldControl = (parts: Parts, { version, changed }: Message<'control'>): Parts =>
  version < parts.version || !parts.control ? parts : { ...parts, version, control: { ...parts.control, ...changed } };

/** Who is there after some came and some left. */
export function toldTick(present: readonly SeatId[], { came, left, whole }: Message<'tick'>): readonly SeatId[] {
  const now = new Set([...(whole ? [] : present), ...came]);
  for (const seat of left) now.delete(seat);
  return [...now];
}

export function toldPeople(
  people: ReadonlyMap<SeatId, PersonAtTable>,
  { put, gone, whole }: Message<'people'>,
): ReadonlyMap<SeatId, PersonAtTable> {
  const now = new Map(whole ? [] : people);
  for (const seat of gone) now.delete(seat);
  for (const person of put) now.set(person.seatId, person);
  return now;
}

/** In the order of those that are known; new ones behind. */
function replaced<One extends { readonly id: string }>(known: readonly One[], changed: readonly One[]): One[] {
  const now = new Map(known.map((one) => [one.id, one]));
  for (const one of changed) now.set(one.id, one);
  return [...now.values()];
}
