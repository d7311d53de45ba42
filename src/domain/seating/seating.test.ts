import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Chance } from '../chance.ts';
import type { RoomId, SeatId } from '../ids.ts';
import { asGuests, crowd, meetingsIn, roomIds, sizesOf } from './crowd.sample.ts';
import { DEFAULT_WISH, type Guest, type Seating, type Wish } from './guest.ts';
import { groups } from './groups.ts';
import { findings, levelled, mixing, returned, type Hall } from './mix.ts';
import { place } from './place.ts';
import { rotating } from './rotate.ts';
import { seat, seating, type Wanted } from './seat.ts';
import { evenSizes, groupSizes } from './sizes.ts';

const NO_WISH: Wish = { country: 'off', language: 'off' };
const RUNS = Number(process.env.SEATING_RUNS ?? 60);

const wishes = fc.record<Wish>({
  country: fc.constantFrom('mix', 'off'),
  language: fc.constantFrom('company', 'mix', 'together', 'off'),
});
/** 2–300 people, 1–60 rooms, whatever is known of them, any pins. */
const halls = fc
  .record({
    people: fc.oneof(fc.integer({ min: 2, max: 40 }), fc.integer({ min: 2, max: 300 })),
    rooms: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 60 })),
    wish: wishes,
    pins: fc.integer({ min: 0, max: 100 }),
    skew: fc.integer({ min: 1, max: 9 }),
    seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  })
  .map(({ people, rooms: count, wish, pins, skew, seed }) => {
    const chance = new Chance(seed);
    const rooms = roomIds(count);
    const languages = ['kk', 'ru', 'ur', 'en', 'ky'];
    const guests = Array.from({ length: people }, (_, number): Guest => {
      const known = chance.below(10) > 0;
      const language = languages[Math.min(chance.below(skew), languages.length - 1)]!;
      return {
        seat: `seat${number}` as SeatId,
        country: known ? `C${chance.below(skew)}` : null,
        languages: known ? [language, ...(chance.below(4) === 0 ? ['ru'] : [])] : [],
      };
    });
    const kept = new Map<SeatId, RoomId>();
    for (const { seat: id } of guests) if (chance.below(100) < pins) kept.set(id, rooms[chance.below(count)]!);
    return { wanted: { guests, rooms, wish, kept } satisfies Wanted, seed };
  });

describe('any hall', () => {
  test('[W47] [W48] [W49] everybody sits, as even as pins allow, pins are kept, and a seed gives one seating', () => {
    fc.assert(
      fc.property(halls, ({ wanted, seed }) => {
        const seats = seat(wanted, seed);
        expect([...seats.keys()].sort()).toEqual(wanted.guests.map(({ seat: id }) => id).sort());
        for (const [id, room] of wanted.kept) expect(seats.get(id)).toBe(room);
        const sizes = sizesOf(seats, wanted.rooms);
        const pinned = sizesOf(wanted.kept, wanted.rooms);
        // Nobody whose place is free sits in a room that has two more than another.
        const least = Math.min(...sizes);
        sizes.forEach((size, room) => expect(size).toBeLessThanOrEqual(Math.max(least + 1, pinned[room]!)));
        expect(seat(wanted, seed)).toEqual(seats);
      }),
      { numRuns: RUNS },
    );
  });

  test('[W50] what is called the least that meet again is never more than any seating has', () => {
    fc.assert(
      fc.property(halls, fc.integer({ min: 1, max: 3 }), ({ wanted, seed }, rounds) => {
        const met: Seating[] = [];
        for (let round = 0; round < rounds; round += 1) met.push(seat({ ...wanted, met, wish: NO_WISH }, seed + round));
        const next = seat({ ...wanted, met }, seed + 9);
        const hall = { ...hallOf(wanted.guests, next, wanted.rooms), met };
        const { again } = findings(next, hall, wanted.rooms);
        const before = new Set(pairsIn(met));
        expect(again.pairs).toBe(pairsIn([next]).filter((pair) => before.has(pair)).length);
        expect(again.least).toBeLessThanOrEqual(again.pairs);
      }),
      { numRuns: Math.ceil(RUNS / 3) },
    );
  });

  test('[W48] [W53] rooms that are levelled have the same number here, and no fewer moves would do', () => {
    fc.assert(
      fc.property(halls, fc.integer({ min: 0, max: 100 }), ({ wanted, seed }, away) => {
        const chance = new Chance(seed);
        const now = new Map(
          wanted.guests.map(({ seat: id }) => [id, wanted.rooms[chance.below(wanted.rooms.length)]!]),
        );
        const here = new Set([...now.keys()].filter(() => chance.below(100) >= away));
        const pinned = new Set(wanted.kept.keys());
        const hall = { ...hallOf(wanted.guests, now, wanted.rooms), here, pinned };
        const after = levelled(hall);
        const of = (given: Seating, only: (id: SeatId) => boolean) =>
          sizesOf(new Map([...given].filter(([id]) => only(id))), wanted.rooms);
        const before = of(now, (id) => here.has(id));
        const sizes = of(after, (id) => here.has(id));
        const fixed = of(now, (id) => here.has(id) && pinned.has(id));
        const least = Math.min(...sizes);
        sizes.forEach((size, room) => expect(size).toBeLessThanOrEqual(Math.max(least + 1, fixed[room]!)));
        const moved = [...after].filter(([id, room]) => now.get(id) !== room).map(([id]) => id);
        for (const id of moved) expect(here.has(id) && !pinned.has(id)).toBe(true);
        // Each move takes one person out of a room that has too many; even sizes cannot be had for less.
        const excess = (of: readonly number[]) =>
          before.reduce((sum, size, room) => sum + Math.max(0, size - of[room]!), 0);
        expect(moved.length).toBe(excess(sizes));
        expect(moved.length).toBeLessThanOrEqual(excess(evenSizes(here.size, fixed)));
      }),
      { numRuns: RUNS },
    );
  });
});

describe('figures', () => {
  const rounds = (people: number, rooms: number, count: number, seed: number): Seating[] => {
    const met: Seating[] = [];
    for (let round = 0; round < count; round += 1) {
      met.push(seat({ guests: crowd(people), rooms: roomIds(rooms), wish: NO_WISH, met }, seed + round));
    }
    return met;
  };
  const q = (met: readonly Seating[]) => meetingsIn(met).reduce((sum, times) => sum + (times * (times - 1)) / 2, 0);

  test.each([
    [32, 8, 5],
    [100, 20, 6],
    [300, 60, 6],
  ])('[W50] %i people in %i rooms meet nobody twice in %i rounds', (people, rooms, count) => {
    for (const seed of [1, 2, 3]) expect(q(rounds(people, rooms, count, seed * 1_000))).toBe(0);
  });

  test('[W50] 35 people in 5 rooms over 6 rounds repeat at most a tenth more than must be', () => {
    // Seven from five rooms: at least two pairs a room and pair of rounds.
    const bound = 5 * 2 * ((6 * 5) / 2);
    for (const seed of [1, 2, 3, 4, 5]) expect(q(rounds(35, 5, 6, seed * 1_000))).toBeLessThanOrEqual(1.1 * bound);
  });

  test('[W50] 35 people in 5 rooms of 7 are told that 10 pairs meet again at least', () => {
    const [first, second] = rounds(35, 5, 2, 7);
    const hall = { ...hallOf(crowd(35), second!, roomIds(5)), met: [first!] };
    expect(findings(second!, hall, roomIds(5)).again).toEqual({ pairs: 10, least: 10 });
  });

  test.each([
    [300, 60],
    [100, 14],
    [35, 5],
    [61, 9],
    [7, 2],
  ])(
    '[W51] %i people in %i rooms: each country is spread as evenly as can be when languages do not count',
    (people, count) => {
      for (const seed of [1, 2, 3]) {
        const rooms = roomIds(count);
        const seats = seat({ guests: crowd(people), rooms, wish: { country: 'mix', language: 'off' } }, seed);
        for (const country of new Set(crowd(people).map((guest) => guest.country))) {
          const there = new Map(
            crowd(people).flatMap((g) => (g.country === country ? [[g.seat, seats.get(g.seat)!]] : [])),
          );
          const sizes = sizesOf(there, rooms);
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        }
      }
    },
  );

  test.each([
    [300, 60],
    [300, 30],
    [150, 30],
    [100, 14],
  ])('[W51] %i people in %i rooms: nobody is alone in their language', (people, count) => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const seats = seat({ guests: crowd(people), rooms: roomIds(count), wish: DEFAULT_WISH }, seed);
      expect(aloneIn(crowd(people), seats)).toEqual([]);
    }
  });

  test('[W51] nobody is alone whatever the languages are, in rooms of six or more', () => {
    for (let seed = 1; seed <= 30; seed += 1) {
      const chance = new Chance(seed);
      const people = 100 + chance.below(200);
      const rooms = roomIds(2 + chance.below(Math.floor(people / 6) - 2));
      const skew = chance.below(4);
      const guests = Array.from({ length: people }, (_, number): Guest => {
        let language = chance.below(12);
        for (let draw = 0; draw < skew; draw += 1) language = Math.min(language, chance.below(12) + 1);
        const country = `C${chance.below(3) > 0 ? language % 7 : chance.below(7)}`;
        return { seat: `seat${number}` as SeatId, country, languages: [`l${language}`] };
      });
      const alone = aloneIn(guests, seat({ guests, rooms, wish: DEFAULT_WISH }, seed));
      const speakers = (id: SeatId) => {
        const [own] = guests.find((guest) => guest.seat === id)!.languages;
        return guests.filter(({ languages }) => languages[0] === own).length;
      };
      expect(alone.filter((id) => speakers(id) > 1)).toEqual([]);
    }
  });

  test('[W51] the only speaker of a language is the only one who is alone, and not beside somebody who understands them', () => {
    const guests = crowd(100).map((guest, number): Guest => (number === 5 ? { ...guest, languages: ['th'] } : guest));
    const rooms = roomIds(14);
    const seats = seat({ guests, rooms, wish: DEFAULT_WISH }, 3);
    expect(aloneIn(guests, seats)).toEqual(['seat5']);
    const hall = hallOf(guests, seats, rooms);
    expect(findings(seats, hall, rooms).rooms.flatMap(({ alone }) => alone)).toEqual(['seat5']);

    const interpreted = guests.map((guest, number): Guest =>
      number === 50 ? { ...guest, languages: ['ru', 'th'] } : guest,
    );
    const beside = seat({ guests: interpreted, rooms, wish: DEFAULT_WISH }, 3);
    expect(beside.get('seat5' as SeatId)).toBe(beside.get('seat50' as SeatId));
    expect(findings(beside, hallOf(interpreted, beside, rooms), rooms).rooms.flatMap(({ alone }) => alone)).toEqual([]);
  });

  test('[W49] a seed gives these very rooms on any machine', () => {
    const chance = new Chance(42);
    expect(Array.from({ length: 5 }, () => chance.below(1_000))).toEqual([601, 448, 852, 669, 174]);
    const seats = seat({ guests: crowd(13), rooms: roomIds(3), wish: DEFAULT_WISH }, 2_026);
    expect([...seats.values()].map((room) => room.slice(4)).join('')).toBe('1002120100212');
  });
});

describe('work', () => {
  test('[W59] seating is done in slices, and never grows beyond its bound', () => {
    const slices = (people: number, rooms: number) => {
      const work = seating({ guests: crowd(people), rooms: roomIds(rooms), wish: DEFAULT_WISH }, 1);
      let count = 1;
      while (!work.next().done) count += 1;
      return count;
    };
    expect(slices(300, 60)).toBeLessThan(15);
    expect(slices(300, 60)).toBeGreaterThan(2);
    expect(slices(3_000, 60)).toBeLessThan(400);
  });
});

describe('late, missing, moved', () => {
  const rooms = [{ id: 'north', name: 'North' } as never, { id: 'south', name: 'South' } as never];
  const at = (...pairs: [string, string][]): Seating => new Map(pairs as never);
  const guests = asGuests([
    { seat: 'a' as SeatId, country: 'KG', languages: ['ky'] },
    { seat: 'b' as SeatId, country: 'PK', languages: ['ur'] },
    { seat: 'late' as SeatId, country: 'KG', languages: ['ur'] },
  ]);
  const late = 'late' as SeatId;

  test('[W17] [W52] a late one sits in the smallest room, among equals where somebody speaks their language', () => {
    expect(place({ rooms, seating: at(['a', 'north'], ['b', 'south']) }, late, guests)).toBe('south');
    expect(place({ rooms, seating: at(['a', 'south'], ['b', 'north']) }, late, guests)).toBe('north');
    expect(place({ rooms, seating: at(['b', 'south']) }, late, guests)).toBe('north');
    expect(place({ rooms, seating: at(['a', 'north'], ['b', 'south']) }, late, new Map())).toBe('north');
    expect(place({ rooms: [], seating: at() }, late, guests)).toBeNull();
  });

  test('[W53] who is here is spread evenly, and so is everybody', () => {
    const [people, ids] = [crowd(30), roomIds(4)];
    const now = new Map(people.map(({ seat: id }) => [id, ids[0]!]));
    const here = new Set(people.slice(0, 14).map(({ seat: id }) => id));
    const after = run(mixing({ ...hallOf(people, now, ids), here }, 5));
    expect(sizesOf(new Map([...after].filter(([id]) => here.has(id))), ids).sort()).toEqual([3, 3, 4, 4]);
    expect(sizesOf(after, ids).sort()).toEqual([7, 7, 8, 8]);
  });

  test('[W48] a room that is left out keeps only who is pinned there', () => {
    const [people, ids] = [crowd(12), roomIds(4)];
    const now = new Map(people.map(({ seat: id }) => [id, ids[0]!]));
    const pinned = new Set(['seat3' as SeatId]);
    const after = run(mixing({ ...hallOf(people, now, ids.slice(1)), pinned }, 5));
    expect(sizesOf(after, ids)).toEqual([1, 4, 4, 3]);
    expect(after.get('seat3' as SeatId)).toBe('room0');
  });
});

describe('rotating and going back', () => {
  test('[W101] everybody who is not pinned goes to another room, rooms stay even, and few meet again', () => {
    fc.assert(
      fc.property(halls, ({ wanted: { guests, rooms, wish, kept }, seed }) => {
        fc.pre(rooms.length > 1);
        const now = seat({ guests, rooms, wish }, seed);
        const pinned = new Set(kept.keys());
        const hall = { ...hallOf(guests, now, rooms), wish, pinned, met: [now] };
        const after = run(rotating(hall, seed));
        expect([...after.keys()].sort()).toEqual([...now.keys()].sort());
        for (const id of pinned) expect(after.get(id)).toBe(now.get(id));
        const stay = [...after].filter(([id, room]) => !pinned.has(id) && now.get(id) === room);
        // Pins can leave somebody no other chair; without any nobody stays.
        if (pinned.size === 0) expect(stay).toEqual([]);
        const fixed = sizesOf(new Map([...now].filter(([id]) => pinned.has(id))), rooms);
        const sizes = sizesOf(after, rooms);
        sizes.forEach((size, room) => expect(size).toBeLessThanOrEqual(Math.max(Math.min(...sizes) + 1, fixed[room]!)));
        expect(run(rotating(hall, seed))).toEqual(after);
      }),
      { numRuns: Math.ceil(RUNS / 3) },
    );
  });

  test('[W101] who is away goes along, also where only they can change places with somebody who is here', () => {
    const [people, ids] = [crowd(2), roomIds(2)];
    const now = new Map(people.map(({ seat: id }, at) => [id, ids[at]!]));
    for (let seed = 0; seed < 5; seed += 1) {
      const after = run(rotating({ ...hallOf(people, now, ids), here: new Set(['seat0' as SeatId]) }, seed));
      expect([...after.values()]).toEqual(['room1', 'room0']);
    }
  });

  test('[W101] a World Café of 35 at 7 tables with their hosts: in three rounds every traveller sits at three tables', () => {
    const [people, ids] = [crowd(35), roomIds(7)];
    const rounds = [seat({ guests: people, rooms: ids, wish: DEFAULT_WISH }, 3)];
    const hosts = new Set(ids.map((room) => [...rounds[0]!].find(([, at]) => at === room)![0]));
    for (let round = 1; round < 3; round += 1) {
      const hall = { ...hallOf(people, rounds.at(-1)!, ids), pinned: hosts, met: [...rounds] };
      rounds.push(run(rotating(hall, round)));
    }
    for (const { seat: id } of people) {
      const tables = rounds.map((round) => round.get(id));
      if (hosts.has(id)) expect(new Set(tables).size).toBe(1);
      else expect(tables[0] !== tables[1] && tables[1] !== tables[2]).toBe(true);
    }
    for (const round of rounds) expect(sizesOf(round, ids)).toEqual([5, 5, 5, 5, 5, 5, 5]);
  });

  test('[W104] everybody goes back to where they sat; who came since, is pinned or whose room is left out stays', () => {
    const ids = roomIds(3);
    const people = crowd(6);
    const then = new Map(people.slice(0, 5).map(({ seat: id }, at) => [id, ids[at % 3]!]));
    const now = new Map(people.map(({ seat: id }) => [id, ids[0]!]));
    const pinned = new Set(['seat1' as SeatId]);
    const after = returned({ ...hallOf(people, now, ids.slice(0, 2)), pinned }, then);
    expect([...after.values()]).toEqual(['room0', 'room0', 'room0', 'room0', 'room1', 'room0']);
  });
});

describe('pairs and groups', () => {
  test('[W54] groups differ by one at most from what was asked, wherever that can be, and nobody is alone', () => {
    expect([2, 3, 5, 7].map((people) => groupSizes(people, 2))).toEqual([[2], [3], [3, 2], [3, 2, 2]]);
    expect([6, 7, 9, 11].map((people) => groupSizes(people, 4))).toEqual([
      [3, 3],
      [4, 3],
      [5, 4],
      [4, 4, 3],
    ]);
    for (let people = 2; people <= 300; people += 1) {
      for (const size of [2, 3, 4, 5, 6]) {
        const sizes = groupSizes(people, size);
        expect(sizes.reduce((sum, each) => sum + each, 0)).toBe(people);
        expect(Math.min(...sizes)).toBeGreaterThan(1);
        if (people >= size * (size - 1)) for (const each of sizes) expect(Math.abs(each - size)).toBeLessThanOrEqual(1);
      }
    }
    expect(groupSizes(0, 2)).toEqual([]);
  });

  test('[W54] pairs share a language where there is one to share', () => {
    const guests = (['ky', 'ur', 'ky', 'ru', 'ur', 'ru', 'ru'] as const).map((language, number): Guest => ({
      seat: `seat${number}` as SeatId,
      country: null,
      languages: [language],
    }));
    const pairs = groups(guests, 2, 1);
    expect(pairs.map(({ length }) => length).sort()).toEqual([2, 2, 3]);
    const languageOf = new Map(guests.map(({ seat: id, languages }) => [id, languages[0]]));
    for (const pair of pairs) expect(new Set(pair.map((id) => languageOf.get(id))).size).toBe(1);
  });
});

function hallOf(guests: readonly Guest[], now: Seating, rooms: readonly RoomId[]): Hall {
  const none = new Set<SeatId>();
  return {
    seating: now,
    guests: asGuests(guests),
    here: new Set(now.keys()),
    pinned: none,
    rooms,
    wish: DEFAULT_WISH,
    met: [],
  };
}

function run<T>(work: Generator<void, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

function aloneIn(guests: readonly Guest[], seats: Seating): SeatId[] {
  const beside = (guest: Guest) =>
    guests.some(
      (other) =>
        other !== guest &&
        seats.get(other.seat) === seats.get(guest.seat) &&
        other.languages.some((language) => guest.languages.includes(language)),
    );
  return guests.filter((guest) => !beside(guest)).map(({ seat: id }) => id);
}

function pairsIn(rounds: readonly Seating[]): string[] {
  const pairs = new Set<string>();
  for (const round of rounds) {
    const seats = [...round].sort(([a], [b]) => (a < b ? -1 : 1));
    seats.forEach(([one, room], at) => {
      for (const [other, where] of seats.slice(at + 1)) if (where === room) pairs.add(`${one} ${other}`);
    });
  }
  return [...pairs];
}
