import type { RoomId } from '../ids.ts';
import type { Guest, Seating } from './guest.ts';

const MOST = 255;

/** How often each two guests shared a room: `count * one + other`. */
export function timesMet(guests: readonly Guest[], met: readonly Seating[]): Uint8Array {
  const count = guests.length;
  const times = new Uint8Array(count * count);
  for (const seating of met) {
    for (const members of byRoom(guests, seating).values()) {
      members.forEach((one, place) => {
        for (const other of members.slice(place + 1)) {
          const sum = Math.min(times[one * count + other]! + 1, MOST);
          times[one * count + other] = times[other * count + one] = sum;
        }
      });
    }
  }
  return times;
}

export interface Again {
  /** How many pairs sit together who sat together before. */
  readonly pairs: number;
  /** How many no seating of these sizes could avoid. */
  readonly least: number;
}

/** With more people in a room than there were rooms, somebody always meets again. */
export function meetAgain(guests: readonly Guest[], seating: Seating, met: readonly Seating[]): Again {
  if (met.length === 0) return { pairs: 0, least: 0 };
  const count = guests.length;
  const times = timesMet(guests, met);
  const tables = [...byRoom(guests, seating).values()];
  let pairs = 0;
  for (const members of tables) {
    members.forEach((one, place) => {
      for (const other of members.slice(place + 1)) if (times[one * count + other]! > 0) pairs += 1;
    });
  }
  const sizes = tables.map(({ length }) => length);
  const known = times.reduce((sum, time) => sum + (time > 0 ? 1 : 0), 0) / 2;
  const strangers = pairsOf(count) - known;
  const fromRounds = met.map((round) => leastFrom(sizes, byRoom(guests, round)));
  return { pairs, least: Math.max(0, sizes.reduce((sum, size) => sum + pairsOf(size), 0) - strangers, ...fromRounds) };
}

/** Those who come from an earlier round's rooms, spread over tables of these sizes so that as few as can be meet again. */
function leastFrom(sizes: readonly number[], earlier: ReadonlyMap<RoomId, readonly number[]>): number {
  const people = [...earlier.values()].reduce((sum, members) => sum + members.length, 0);
  return leastAgain(sizes, people, earlier.size);
}

/** How many pairs of `people` who sat in so many rooms must meet again at tables of these sizes, however they are dealt. */
export function leastAgain(sizes: readonly number[], people: number, rooms: number): number {
  let left = people;
  let least = 0;
  // At a table the first of each room meet nobody again, the second one each, and so on.
  for (let known = 0; left > 0 && rooms > 0; known += 1) {
    const from = known * rooms;
    const chairs = sizes.reduce((sum, size) => sum + Math.max(0, Math.min(size - from, rooms)), 0);
    if (chairs === 0) break;
    least += known * Math.min(left, chairs);
    left -= Math.min(left, chairs);
  }
  return least;
}

const pairsOf = (people: number): number => (people * (people - 1)) / 2;

function byRoom(guests: readonly Guest[], seating: Seating): Map<RoomId, number[]> {
  const rooms = new Map<RoomId, number[]>();
  guests.forEach(({ seat }, number) => {
    const room = seating.get(seat);
    if (room === undefined) return;
    const members = rooms.get(room);
    if (members) members.push(number);
    else rooms.set(room, [number]);
  });
  return rooms;
}
