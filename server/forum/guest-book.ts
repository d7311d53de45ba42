import type { Person, Seat } from '#domain/forum/seat.ts';
import type { ForumId, SeatId } from '#domain/ids.ts';
import type { Guest, Guests } from '#domain/seating/guest.ts';
import type { SeatListener } from './seat-change.ts';

interface Parts {
  readonly seats: {
    /** Who has a seat now; removed ones are not among them. */
    people(forum: ForumId): Promise<readonly { seat: Seat; person: Person }[]>;
    onChange(listener: SeatListener): () => void;
  };
  readonly person: (seat: SeatId) => Promise<Person | null>;
}

/** Countries and languages of a forum's people for seating them: read once, then kept by what is heard of single seats. */
export class GuestBook {
  readonly #parts: Parts;
  readonly #of = new Map<ForumId, Promise<Map<SeatId, Guest>>>();

  constructor(parts: Parts) {
    this.#parts = parts;
    parts.seats.onChange((forum, changes) => {
      const known = this.#of.get(forum);
      if (!changes) this.#of.delete(forum);
      else
        void known?.then(
          (guests) => changes.forEach(({ person }) => guests.set(person.seatId, asGuest(person))),
          forget,
        );
    });
  }

  /** `newcomer`: who sits down before anybody was told of them. */
  async of(forum: ForumId, newcomer?: SeatId): Promise<Guests> {
    const guests = await this.#read(forum);
    if (newcomer !== undefined && !guests.has(newcomer)) {
      const person = await this.#parts.person(newcomer);
      if (person) guests.set(newcomer, asGuest(person));
    }
    return guests;
  }

  #read(forum: ForumId): Promise<Map<SeatId, Guest>> {
    const known = this.#of.get(forum);
    if (known) return known;
    const read = this.#parts.seats
      .people(forum)
      .then((people) => new Map(people.map(({ person }) => [person.seatId, asGuest(person)])));
    this.#of.set(forum, read);
    read.catch(() => this.#of.get(forum) === read && this.#of.delete(forum));
    return read;
  }
}

const asGuest = ({ seatId, country, language }: Person): Guest => ({ seat: seatId, country, languages: [language] });

/** Whoever asked was told that it could not be read. */
const forget = () => undefined;
