import type { RoomId, SeatId } from '#domain/ids.ts';
import type { RoomActivity as Told } from '#protocol/live/down.ts';
import type { Written } from '#protocol/update/written.ts';

export const SHOWN = 5; // minutes
const MINUTE = 60_000;
const QUIET = 3 * MINUTE; // who thinks before they write is not silent
const TELLING = 120; // letters in all, below which nobody is the loudest

/** What is known of a room by what was written lately. */
export type Lately = Pick<Told, 'room' | 'ideas' | 'silent' | 'loudest'>;

interface Minute {
  readonly number: number;
  ideas: number;
  readonly letters: Map<SeatId, number>;
}

interface Room {
  minutes: readonly Minute[];
  readonly lastAt: Map<SeatId, number>;
}

/** Who sits in a room and is here, and since when they write. */
export interface Table {
  readonly present: readonly SeatId[];
  /** Null: people do not write now. */
  readonly since: number | null;
}

/** What was written in each room in the last minutes, as it was stored. Bounded by rooms, minutes and the seats that write. */
export class Activity {
  readonly #rooms = new Map<RoomId, Room>();
  /** What was written before is not known here. */
  readonly #from: number;

  constructor(now: number) {
    this.#from = now;
  }

  note(room: RoomId, seat: SeatId, { entries, letters }: Pick<Written, 'entries' | 'letters'>, now: number): void {
    const known = this.#rooms.get(room) ?? { minutes: [], lastAt: new Map() };
    this.#rooms.set(room, known);
    known.lastAt.set(seat, now);
    known.minutes = recent(known.minutes, now);
    const number = Math.floor(now / MINUTE);
    let minute = known.minutes.at(-1);
    if (minute?.number !== number) {
      minute = { number, ideas: 0, letters: new Map() };
      known.minutes = [...known.minutes, minute];
    }
    minute.ideas += entries;
    minute.letters.set(seat, (minute.letters.get(seat) ?? 0) + letters);
  }

  of(room: RoomId, { present, since }: Table, now: number): Lately {
    const { minutes, lastAt } = this.#rooms.get(room) ?? { minutes: [], lastAt: new Map<SeatId, number>() };
    const current = Math.floor(now / MINUTE);
    const ideas = Array.from(
      { length: SHOWN },
      (_, at) => minutes.find(({ number }) => number === current - SHOWN + 1 + at)?.ideas ?? 0,
    );
    const isLong = since !== null && now - Math.max(since, this.#from) >= QUIET;
    const silent = isLong ? present.filter((seat) => (lastAt.get(seat) ?? -Infinity) <= now - QUIET).length : 0;
    return { room, ideas, silent, loudest: present.length < 2 ? null : loudest(recent(minutes, now)) };
  }
}

const recent = (minutes: readonly Minute[], now: number): readonly Minute[] =>
  minutes.filter(({ number }) => number > Math.floor(now / MINUTE) - SHOWN);

/** Percent of all letters by whoever wrote most of them. */
function loudest(minutes: readonly Minute[]): number | null {
  const letters = new Map<SeatId, number>();
  for (const minute of minutes)
    for (const [seat, count] of minute.letters) letters.set(seat, (letters.get(seat) ?? 0) + count);
  const all = [...letters.values()].reduce((sum, count) => sum + count, 0);
  return all < TELLING ? null : Math.round((Math.max(...letters.values()) / all) * 100);
}
