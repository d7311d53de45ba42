import { describe, expect, test } from 'vitest';
import { Chance } from '../chance.ts';
import type { RoomId, SeatId } from '../ids.ts';
import { asGuests, crowd, roomIds } from './crowd.sample.ts';
import type { Guest, Seating } from './guest.ts';
import { grouped, joined, type GroupsWanted, type KnownGroup, type SmallGroup } from './small-groups.ts';

const NOBODY: ReadonlyMap<SeatId, readonly number[]> = new Map();
const SIZES = [2, 3, 4, 5, 6] as const;
const PEOPLE = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 18, 23, 35, 61, 120, 300] as const;

function hall(people: number, rooms: number, size: number, known: readonly SmallGroup[] = []): GroupsWanted {
  const guests = crowd(people);
  const ids = roomIds(rooms);
  const seating: Seating = new Map(guests.map(({ seat }, number) => [seat, ids[number % rooms]!]));
  return { rooms: ids, seating, guests: asGuests(guests), size, known, was: NOBODY, met: [], isEarly: true };
}

/** Whatever is wrong with groups of a hall: nobody twice, nobody left out, nobody alone who need not be, no number twice. */
function wrongIn(groups: readonly SmallGroup[], { seating }: Pick<GroupsWanted, 'seating'>): string[] {
  const wrong: string[] = [];
  const seen = new Map<SeatId, RoomId>();
  for (const { room, seats } of groups) {
    for (const seat of seats) {
      if (seen.has(seat)) wrong.push(`${seat} twice`);
      seen.set(seat, room);
    }
  }
  for (const [seat, room] of seating) if (seen.get(seat) !== room) wrong.push(`${seat} is in no group of ${room}`);
  if (seen.size !== seating.size) wrong.push('somebody is in a group who sits nowhere');
  const inRoom = (room: RoomId) => groups.filter((group) => group.room === room && group.seats.length > 0);
  for (const { room, seats, number } of groups) {
    if (seats.length === 1 && inRoom(room).length > 1) wrong.push(`${number} has one`);
  }
  if (new Set(groups.map(({ number }) => number)).size !== groups.length) wrong.push('a number twice');
  return wrong;
}

const sizesIn = (groups: readonly SmallGroup[], room: RoomId) =>
  groups.filter((group) => group.room === room && group.seats.length > 0).map(({ seats }) => seats.length);

describe('groups as a step begins', () => {
  test('[W125] everybody is in one group of their room, by size as near as can be, and nobody is alone', () => {
    for (const people of PEOPLE) {
      for (const rooms of [1, 2, 5, 20].filter((count) => count * 2 <= people)) {
        for (const size of SIZES) {
          const wanted = hall(people, rooms, size);
          const groups = grouped(wanted, people);
          expect(wrongIn(groups, wanted)).toEqual([]);
          const most = Math.max(...groups.map(({ seats }) => seats.length));
          expect(most).toBeLessThan(2 * size);
        }
      }
    }
  });

  test('[W125] pairs are twos, with one of three where they are odd', () => {
    for (let people = 2; people <= 301; people += people < 24 ? 1 : 92) {
      const sizes = sizesIn(grouped(hall(people, 1, 2), 7), roomIds(1)[0]!).sort();
      expect(sizes).toEqual([
        ...Array<number>(Math.floor(people / 2) - (people % 2)).fill(2),
        ...(people % 2 ? [3] : []),
      ]);
    }
  });

  test('[W125] the same people and seed give the same groups, another seed others', () => {
    const wanted = hall(61, 4, 2);
    expect(grouped(wanted, 11)).toEqual(grouped(wanted, 11));
    expect(grouped(wanted, 11)).not.toEqual(grouped(wanted, 12));
  });

  test('[W126] people come together by language: of each at most one is left over, where they are odd', () => {
    for (const [people, rooms] of [
      [12, 1],
      [20, 1],
      [40, 4],
      [300, 20],
    ] as const) {
      const wanted = hall(people, rooms, 2);
      const languageOf = (seat: SeatId) => wanted.guests.get(seat)!.languages[0]!;
      const over = new Map<string, number>();
      for (const { seats, room } of grouped(wanted, 3)) {
        for (const seat of seats) {
          if (seats.some((other) => other !== seat && languageOf(other) === languageOf(seat))) continue;
          const left = `${room} ${languageOf(seat)}`;
          over.set(left, (over.get(left) ?? 0) + 1);
        }
      }
      expect([...over].filter(([, count]) => count > 1)).toEqual([]);
    }
  });

  test('[W126] of pairs in six steps as few as can be meet again', () => {
    const guests: Guest[] = crowd(12).map((guest) => ({ ...guest, languages: ['en' as Guest['languages'][number]] }));
    const wanted = { ...hall(12, 1, 2), guests: asGuests(guests) };
    const met: Seating[] = [];
    const pairs = new Set<string>();
    for (let step = 0; step < 6; step += 1) {
      const groups = grouped({ ...wanted, met: [...met] }, step);
      for (const { seats } of groups) pairs.add([...seats].sort().join(' '));
      met.push(new Map(groups.flatMap(({ number, seats }) => seats.map((seat) => [seat, `${number}` as RoomId]))));
    }
    expect(pairs.size).toBe(36);
  });
});

describe('groups as people come and go', () => {
  const [room] = roomIds(1) as [RoomId];
  const wantedWith = (seats: readonly string[], known: readonly SmallGroup[], guests: readonly Guest[] = []) => ({
    rooms: [room],
    seating: new Map(seats.map((seat) => [seat as SeatId, room])),
    guests: asGuests(guests),
    size: 2,
    known,
    was: NOBODY,
    met: [],
    isEarly: false,
  });
  const group = (number: number, ...seats: string[]): SmallGroup => ({ number, room, seats: seats as SeatId[] });
  const speaking = (seat: string, language: string): Guest => ({
    seat: seat as SeatId,
    country: null,
    languages: [language as Guest['languages'][number]],
  });

  test('[W127] who comes late joins the smallest, where they are understood', () => {
    const known = [group(1, 'a', 'b', 'c'), group(2, 'd', 'e'), group(3, 'f', 'g')];
    expect(grouped(wantedWith([...'abcdefgx'], known), 1)[1]!.seats).toEqual(['d', 'e', 'x']);
    const guests = [...'abcde'].map((seat) => speaking(seat, 'kk'));
    const all = [...guests, speaking('f', 'ur'), speaking('g', 'ur'), speaking('x', 'ur')];
    expect(grouped(wantedWith([...'abcdefgx'], known, all), 1)[2]!.seats).toEqual(['f', 'g', 'x']);
  });

  test('[W127] who is left alone joins another group, and nobody else is moved', () => {
    const known = [group(1, 'a', 'b'), group(2, 'c', 'd'), group(3, 'e', 'f')];
    const after = grouped(wantedWith([...'abcef'], known), 1);
    expect(after.map(({ seats }) => seats)).toEqual([['a', 'b', 'c'], [], ['e', 'f']]);
    // the last one of a room stays where they are
    expect(grouped(wantedWith(['a'], known), 1).map(({ seats }) => seats.length)).toEqual([1, 0, 0]);
  });

  test('[W127] groups do not grow for ever: beyond twice the size a new one opens, with who came last', () => {
    let known: SmallGroup[] = [group(1, 'a', 'b')];
    const here = ['a', 'b'];
    for (const seat of 'cdefghijkl') {
      here.push(seat);
      known = grouped(wantedWith(here, known), 1);
      expect(wrongIn(known, wantedWith(here, known))).toEqual([]);
    }
    expect(Math.max(...known.map(({ seats }) => seats.length))).toBeLessThanOrEqual(4);
  });

  test('[W127] people who come in one by one as the step begins are groups of its size, with the fewest over', () => {
    for (const size of SIZES) {
      let known: KnownGroup[] = [];
      const here: string[] = [];
      for (const seat of 'abcdefghijkl') {
        here.push(seat);
        const wanted = { ...wantedWith(here, known), size, isEarly: true };
        known = grouped(wanted, 1).map((group) => ({ ...group, late: group.seats }));
        expect(wrongIn(known, wanted)).toEqual([]);
        expect(Math.max(...sizesIn(known, room))).toBeLessThanOrEqual(size + 1);
      }
      expect(sizesIn(known, room).toSorted()).toEqual(size === 5 ? [2, 5, 5] : Array<number>(12 / size).fill(size));
    }
  });

  test('[W127] into a new group goes nobody who was there from the beginning, or is not understood in it, or later on', () => {
    const early = (known: readonly KnownGroup[], guests: readonly Guest[] = []) =>
      grouped({ ...wantedWith([...'abcx'], known, guests), isEarly: true }, 1).map(({ seats }) => seats.join(''));
    const late = [{ ...group(1, 'a', 'b', 'c'), late: ['c' as SeatId] }];
    expect(early(late)).toEqual(['ab', 'cx']);
    expect(early([group(1, 'a', 'b', 'c')])).toEqual(['abcx']);
    const spoken = [...'abc'].map((seat) => speaking(seat, 'kk'));
    expect(early(late, [...spoken, speaking('x', 'kk')])).toEqual(['ab', 'cx']);
    expect(early(late, [...spoken, speaking('x', 'ur')])).toEqual(['abcx']);
    expect(grouped(wantedWith([...'abcx'], late), 1)[0]!.seats.join('')).toBe('abcx');
  });

  test('[W127] a number is never given again, and who comes back sits with theirs', () => {
    const empty = [group(1), group(2)];
    expect(grouped(wantedWith(['x', 'y'], empty), 1).map(({ number, seats }) => [number, seats.length])).toEqual([
      [1, 0],
      [2, 0],
      [3, 2],
    ]);
    const known = [group(1, 'a', 'b'), group(2, 'c', 'd', 'e')];
    const was = new Map([['x' as SeatId, [2]]]);
    expect(grouped({ ...wantedWith([...'abcdex'], known), was }, 1)[1]!.seats).toEqual(['c', 'd', 'e', 'x']);
  });

  test('[W127] whatever comes, goes and moves: everybody in one group, nobody alone', () => {
    const chance = new Chance(5);
    for (const size of SIZES) {
      const wanted = hall(40, 4, size);
      const everybody = [...wanted.seating];
      let known: readonly SmallGroup[] = [];
      for (let turn = 0; turn < 60; turn += 1) {
        const seating = new Map(
          everybody
            .filter(() => chance.below(5) > 0)
            .map(([seat, at]) => [seat, chance.below(6) === 0 ? wanted.rooms[chance.below(4)]! : at]),
        );
        known = grouped({ ...wanted, seating, known }, turn);
        expect(wrongIn(known, { seating })).toEqual([]);
      }
    }
  });
});

describe('groups of groups', () => {
  test('[W128] earlier groups come together whole, as evenly as that allows, within their room', () => {
    for (const people of PEOPLE) {
      for (const rooms of [1, 3].filter((count) => count * 2 <= people)) {
        const wanted = hall(people, rooms, 4);
        const pairs = grouped({ ...wanted, size: 2 }, people);
        const fours = grouped({ ...wanted, known: joined(pairs, wanted) }, people);
        expect(wrongIn(fours, wanted)).toEqual([]);
        const whole = pairs.filter(({ seats }) =>
          fours.some((four) => seats.every((seat) => four.seats.includes(seat))),
        );
        expect(whole).toHaveLength(pairs.length);
        for (const room of wanted.rooms) {
          const sizes = sizesIn(fours, room);
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(2);
          expect(Math.max(...sizes)).toBeLessThanOrEqual(6);
        }
      }
    }
  });

  test('[W128] nobody is joined who has left, and who was in no pair comes to the smallest', () => {
    const wanted = hall(8, 1, 4);
    const pairs = grouped({ ...wanted, size: 2 }, 1);
    const [gone] = pairs[0]!.seats;
    const seating = new Map(wanted.seating);
    seating.delete(gone!);
    const late = 'late' as SeatId;
    seating.set(late, wanted.rooms[0]!);
    const fours = grouped({ ...wanted, seating, known: joined(pairs, { ...wanted, seating }) }, 1);
    expect(wrongIn(fours, { seating })).toEqual([]);
    expect(fours.map(({ seats }) => seats.length)).toEqual([4, 4]);
  });
});
